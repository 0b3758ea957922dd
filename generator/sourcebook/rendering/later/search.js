/* Search by name: whoever types a name, in any script and form, gets the page of that name first.
   In: the theme's own results, and assets/names.json with every title, spelling and transliteration.
   What fits no name keeps the theme's order, and so does everything where the names cannot be fetched. */
import { LEAST, LEAST_ALONE, fitting, kindOf, pagesOf } from "./sourcebook-names.js";

(() => {
  "use strict";

  // So many results the theme shows before its list is scrolled.
  const AT_ONCE = 10;
  const list = document.querySelector(".md-search-result__list");
  const input = document.querySelector(".md-search__input");
  const told = document.querySelector(".md-search-result__meta");
  const settings = document.getElementById("__config");
  if (!list || !input || !told || !settings) return;

  const { base: root, translations } = JSON.parse(settings.textContent);
  const base = new URL(`${root.replace(/\/$/, "")}/`, location.href);

  let pages = [];
  const load = async () => {
    const answer = await fetch(new URL("assets/names.json", base));
    pages = answer.ok ? pagesOf(await answer.json(), base) : [];
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
    item.dataset.sbMade = "";
    item.append(link);
    return item;
  };

  const nameKind = (item) => {
    const name = kindOf(pageOf(item), base);
    const title = item.querySelector("article > h1");
    if (!name || !title || item.querySelector(".sb-result-kind")) return;
    const kind = document.createElement("span");
    kind.className = "sb-result-kind";
    kind.textContent = name;
    title.before(kind);
  };

  const ofTheTheme = () => [...list.children].filter((item) => !("sbMade" in item.dataset));

  const phrase = (number) => {
    if (number < 2) return translations[`search.result.${number ? "one" : "none"}`];
    return translations["search.result.other"].replace("#", number);
  };

  /* The theme counts its own results, not those that the names have added; where it shows ten, there are more. */
  const tell = () => {
    if (ofTheTheme().length >= AT_ONCE) return;
    const words = input.value.trim() ? phrase(list.children.length) : translations["search.result.placeholder"];
    if (told.textContent !== words) told.textContent = words;
  };

  // The observer must not see the changes that it makes itself.
  const observer = new MutationObserver(() => arrange(true));
  const observe = () => [list, told].forEach((place) => observer.observe(place, { childList: true }));
  const arrange = (isAnswered = false) => {
    observer.disconnect();
    const least = ofTheTheme().length ? LEAST : LEAST_ALONE;
    for (const page of fitting(pages, input.value, least).reverse()) {
      const found = [...list.children].filter((item) => pageOf(item) === page.address);
      list.prepend(found[0] || made(page));
      for (const other of found.slice(1)) other.remove();
    }
    for (const item of list.children) nameKind(item);
    if (isAnswered || list.children.length) tell();
    observe();
  };

  load().catch(() => {});
  input.addEventListener("input", () => {
    // The theme listens to keys only, and would miss what is pasted or dictated.
    input.dispatchEvent(new Event("keyup"));
    arrange();
  });
  observe();
})();
