/* Search by name: whoever types a whole name, in any script, gets the page of that name first.
   In: the theme's own results, and assets/names.json with every name, spelling and transliteration.
   Where the names cannot be fetched (from file://), the theme's order stays. */
(() => {
  "use strict";

  const KINDS = { actors: "Actor", events: "Event", claims: "Claim", disputes: "Dispute", places: "Place", sources: "Source" };

  const list = document.querySelector(".md-search-result__list");
  const input = document.querySelector(".md-search__input");
  const settings = document.getElementById("__config");
  if (!list || !input || !settings || location.protocol === "file:") return;

  const base = new URL(`${JSON.parse(settings.textContent).base.replace(/\/$/, "")}/`, location.href);
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  let pages = new Map();
  const load = async () => {
    const answer = await fetch(new URL("assets/names.json", base));
    const known = new Map();
    for (const [title, address, ...names] of answer.ok ? await answer.json() : []) {
      for (const name of new Set([title, ...names].map(fold))) {
        known.set(name, [...(known.get(name) || []), { title, address: new URL(address, base).href }]);
      }
    }
    pages = known;
    arrange();
  };

  const pageOf = (item) => {
    const link = item.querySelector("a[href]");
    return link ? link.href.split(/[?#]/)[0] : "";
  };

  const made = (page) => {
    const title = document.createElement("h1");
    title.textContent = page.title;
    const article = document.createElement("article");
    article.className = "md-search-result__article md-typeset";
    article.append(title);
    const link = document.createElement("a");
    link.href = page.address;
    link.className = "md-search-result__link";
    link.tabIndex = -1;
    link.append(article);
    const item = document.createElement("li");
    item.className = "md-search-result__item";
    item.append(link);
    return item;
  };

  const nameKind = (item) => {
    const folder = new URL(pageOf(item), base).pathname.slice(base.pathname.length).split("/")[0];
    const title = item.querySelector("article > h1");
    if (!KINDS[folder] || !title || item.querySelector(".sb-result-kind")) return;
    const kind = document.createElement("span");
    kind.className = "sb-result-kind";
    kind.textContent = KINDS[folder];
    title.before(kind);
  };

  // The observer must not see the changes that it makes itself.
  const observer = new MutationObserver(() => arrange());
  const arrange = () => {
    observer.disconnect();
    for (const page of [...(pages.get(fold(input.value)) || [])].reverse()) {
      const found = [...list.children].filter((item) => pageOf(item) === page.address);
      list.prepend(found[0] || made(page));
      for (const other of found.slice(1)) other.remove();
    }
    for (const item of list.children) nameKind(item);
    observer.observe(list, { childList: true });
  };

  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", () => arrange());
  observer.observe(list, { childList: true });
})();
