/* The search of a large site, in the theme's search box. In: Pagefind's index, of which only what a question
   needs is fetched. The theme's own search has an empty index then, and must not answer what was typed. */
(() => {
  "use strict";

  const AT_ONCE = 10;
  const REST = 150;
  // Pagefind's own lists of values, with their numbers, make every answer twice as slow.
  const FILTERS = {
    Kind: ["Claim", "Event", "Actor", "Dispute", "Place", "Source", "Page"],
    Status: ["contested", "corroborated", "reported", "withdrawn"],
  };
  const NAMES = Object.keys(FILTERS);

  const input = document.querySelector(".md-search__input");
  const result = document.querySelector(".md-search-result");
  const list = document.querySelector(".md-search-result__list");
  const told = document.querySelector(".md-search-result__meta");
  const settings = document.getElementById("__config");
  if (!input || !result || !list || !told || !settings || document.querySelector(".sb-search-filters")) return;

  const base = new URL(`${JSON.parse(settings.textContent).base.replace(/\/$/, "")}/`, location.href);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const element = (tag, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  let pagefind;
  const load = async () => {
    pagefind ??= (async () => {
      const module = await import(new URL("pagefind/pagefind.js", base).href);
      await module.options({ baseUrl: base.pathname, excerptLength: 24 });
      await module.init();
      return module;
    })();
    return pagefind;
  };

  /* Text with the words that were found marked; Pagefind writes it as HTML, of which nothing else is taken. */
  const excerpt = (text) => {
    const read = new DOMParser().parseFromString(text, "text/html").body;
    return [...read.childNodes].map((node) => (node.nodeName === "MARK" ? element("mark", { textContent: node.textContent }) : node.textContent));
  };

  const label = (text, name) => element("span", { className: name, textContent: text });

  const item = (found, score, query) => {
    const { title = "", kind = "", status = "" } = found.meta;
    const labels = [];
    if (kind && kind !== "Page") labels.push(label(kind, "sb-result-kind"));
    if (status) labels.push(label(status, "sb-result-kind sb-result-status"));
    const article = element(
      "article",
      { className: "md-search-result__article md-typeset" },
      ...labels,
      element("h1", { textContent: title, dir: "auto" }),
      element("p", { dir: "auto" }, ...excerpt(found.excerpt)),
    );
    // By this the theme chooses where Enter leads.
    article.dataset.mdScore = score.toFixed(2);
    const address = new URL(found.url, base);
    address.searchParams.set("h", query);
    const link = element("a", { href: address.href, className: "md-search-result__link", tabIndex: -1 }, article);
    return element("li", { className: "md-search-result__item" }, link);
  };

  const selects = Object.fromEntries(
    NAMES.map((name) => {
      const values = FILTERS[name].map((value) => element("option", { value, textContent: value }));
      const select = element("select", {}, element("option", { value: "", textContent: `Every ${name.toLowerCase()}` }), ...values);
      select.setAttribute("aria-label", name);
      return [name, select];
    }),
  );
  const form = element("div", { className: "sb-search-filters" }, ...NAMES.map((name) => selects[name]));
  result.before(form);

  const more = element("button", { type: "button", className: "sb-search-more", textContent: "More results", hidden: true });
  list.after(more);

  // What the theme's own search tells of its empty index is put right at once.
  const mine = { items: [], words: "" };
  const observer = new MutationObserver(() => show());
  const show = () => {
    observer.disconnect();
    const isMine = list.children.length === mine.items.length && mine.items.every((one, place) => list.children[place] === one);
    if (!isMine) list.replaceChildren(...mine.items);
    if (mine.words && told.textContent !== mine.words) told.textContent = mine.words;
    observer.observe(list, { childList: true });
    observer.observe(told, { childList: true });
  };

  let question = 0;
  let remaining = [];
  const extend = async (asked, query) => {
    const part = remaining.splice(0, AT_ONCE);
    const found = await Promise.all(part.map((one) => one.data()));
    if (asked !== question) return;
    const wanted = fold(query);
    // Whoever types a whole title wants its page.
    const ordered = found
      .map((one, place) => ({ one, score: fold(one.meta.title || "") === wanted ? 2 : 1 - place / 100 }))
      .sort((first, second) => second.score - first.score);
    mine.items = [...mine.items, ...ordered.map(({ one, score }) => item(one, score, query))];
    show();
    more.hidden = !remaining.length;
  };

  const ask = async () => {
    const asked = (question += 1);
    const query = input.value.trim();
    if (!query) {
      Object.assign(mine, { items: [], words: "Type to start searching" });
      more.hidden = true;
      show();
      return;
    }
    const filters = Object.fromEntries(NAMES.filter((name) => selects[name].value).map((name) => [name, selects[name].value]));
    try {
      const answer = await (await load()).search(query, { filters });
      if (asked !== question) return;
      remaining = [...answer.results];
      const words = remaining.length === 1 ? "1 result" : `${remaining.length.toLocaleString("en")} results`;
      Object.assign(mine, { items: [], words });
      await extend(asked, query);
    } catch (error) {
      pagefind = undefined;
      mine.words = "The search could not be loaded. The lists of every kind can be searched, too.";
      show();
      console.warn(error);
    }
  };

  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, REST);
  };
  // The theme would answer a key from its empty index.
  window.addEventListener("keyup", (event) => event.target === input && event.stopImmediatePropagation(), true);
  input.addEventListener("input", soon);
  input.form.addEventListener("reset", () => setTimeout(ask));
  for (const name of NAMES) selects[name].addEventListener("change", ask);
  more.addEventListener("click", () => extend(question, input.value.trim()));
  load().catch(() => {});
  if (input.value.trim()) ask();
})();
