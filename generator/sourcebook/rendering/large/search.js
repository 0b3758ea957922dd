/* The search of a large site, in the theme's search box. In: Pagefind's index, of which only what a question
   needs is fetched, and assets/names.json with the names of actors, places, sources and disputes: whoever types
   one gets its page first. The theme's own search has an empty index then, and must not answer what was typed. */
import { LEAST, LEAST_ALONE, fitting, fold, isWeighty, kindOf, pagesOf } from "./sourcebook-names.js";

(() => {
  "use strict";

  const AT_ONCE = 10;
  const REST = 150;
  // A question on more pages than these is answered from those that most others name: Pagefind compares each
  // page that it ranks with every place of the words.
  const MANY = 2000;
  // Of a long question so many words are asked for: each may cost a part of the index.
  const MOST_WORDS = 5;
  const ROWS = 100;
  const COMMON = new Set(
    "about after also been but can could had have her him his into its not over said she that their them then there these they this those under were when where which will with would you".split(" "),
  );
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

  const item = ({ title = "", kind = "", status = "" }, address, query, text = "") => {
    const labels = [];
    if (kind && kind !== "Page") labels.push(label(kind, "sb-result-kind"));
    if (status) labels.push(label(status, "sb-result-kind sb-result-status"));
    const article = element(
      "article",
      { className: "md-search-result__article md-typeset" },
      ...labels,
      element("h1", { textContent: title, dir: "auto" }),
      ...(text ? [element("p", { dir: "auto" }, ...excerpt(text))] : []),
    );
    const there = new URL(address);
    there.searchParams.set("h", query);
    const link = element("a", { href: there.href, className: "md-search-result__link", tabIndex: -1 }, article);
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

  // Results by their addresses: those by name, and those of Pagefind.
  const mine = { named: new Map(), found: new Map(), words: "" };
  const arranged = () => {
    const named = [...mine.named].map(([address, made]) => mine.found.get(address) ?? made);
    return [...new Set([...named, ...mine.found.values()])];
  };

  // What the theme's own search tells of its empty index is put right at once.
  const observer = new MutationObserver(() => show());
  const show = () => {
    observer.disconnect();
    const items = arranged();
    const isMine = list.children.length === items.length && items.every((one, place) => list.children[place] === one);
    // By their scores the theme chooses where Enter leads.
    items.forEach((one, place) => (one.querySelector("article").dataset.mdScore = items.length - place));
    if (!isMine) list.replaceChildren(...items);
    if (mine.words && told.textContent !== mine.words) told.textContent = mine.words;
    observer.observe(list, { childList: true });
    observer.observe(told, { childList: true });
  };

  const pages = [];
  const loadNames = async () => {
    // Pagefind's files go first.
    const fetched = await fetch(new URL("assets/names.json", base), { priority: "low" });
    const rows = fetched.ok ? await fetched.json() : [];
    // Part by part, so that an answer of Pagefind need not wait until all are read.
    for (let start = 0; start < rows.length; start += ROWS) {
      pages.push(...pagesOf(rows.slice(start, start + ROWS), base));
      await new Promise((goOn) => setTimeout(goOn));
    }
    nameFirst(input.value.trim());
    show();
  };

  /* The pages whose names were typed, among those that are asked for. */
  const nameFirst = (query, least = LEAST) => {
    const isWanted = ({ kind }) => !selects.Status.value && (!selects.Kind.value || selects.Kind.value === kind);
    const named = fitting(pages, query, least).map(({ title, address }) => ({ title, address, kind: kindOf(address, base) }));
    mine.named = new Map(named.filter(isWanted).map((one) => [one.address, item(one, one.address, query)]));
  };

  /* What Pagefind is asked: words in quotes as they are, else those that tell most. */
  const essence = (query) => {
    if (/^".+"$/.test(query)) return query;
    const words = query.split(/\s+/);
    const weighty = words.filter((word) => isWeighty(fold(word)) && !COMMON.has(fold(word)));
    const asked = weighty.length ? weighty : words;
    const longest = new Set([...asked].sort((one, other) => other.length - one.length).slice(0, MOST_WORDS));
    return asked.filter((word) => longest.has(word)).join(" ");
  };

  /* How many pages have the words and what was chosen; Pagefind counts for each value of the filters in use. */
  const count = ({ unfilteredResultCount, totalFilters }, { Kind, Status }) => {
    if (Status) return Kind && Kind !== "Claim" ? 0 : (totalFilters.Status[Status] ?? 0);
    return Kind ? (totalFilters.Kind[Kind] ?? 0) : unfilteredResultCount;
  };

  /* An answer: results, how many there are in all, and how to get those that are left out. */
  const answerTo = async (query, filters) => {
    const module = await load();
    const words = essence(query);
    const whole = async () => (await module.search(words, { filters })).results;
    const first = await module.search(words, { filters: { ...filters, First: "yes" } });
    const number = count(first, filters);
    if (number > MANY && first.results.length >= AT_ONCE) return { results: first.results, number, whole };
    const results = await whole();
    return { results, number: results.length };
  };

  let question = 0;
  let answer = { results: [] };
  const extend = async (asked, query, before = mine.found) => {
    if (!answer.results.length && answer.whole) {
      const all = await answer.whole();
      if (asked !== question) return;
      answer = { results: all.filter(({ id }) => !answer.shown.has(id)), shown: answer.shown };
    }
    const part = answer.results.splice(0, AT_ONCE);
    const found = await Promise.all(part.map((one) => one.data()));
    if (asked !== question) return;
    for (const { id } of part) answer.shown.add(id);
    // Whoever types a whole title wants its page.
    const isMeant = ({ meta }) => fold(meta.title || "") === fold(query);
    mine.found = new Map(before);
    for (const one of [...found.filter(isMeant), ...found.filter((other) => !isMeant(other))]) {
      const { href } = new URL(one.url, base);
      mine.found.set(href, item(one.meta, href, query, one.excerpt));
    }
    show();
    more.hidden = !answer.results.length && !answer.whole;
  };

  const ask = async () => {
    const asked = (question += 1);
    const query = input.value.trim();
    if (!query) {
      Object.assign(mine, { named: new Map(), found: new Map(), words: "Type to start searching" });
      more.hidden = true;
      show();
      return;
    }
    const filters = Object.fromEntries(NAMES.filter((name) => selects[name].value).map((name) => [name, selects[name].value]));
    try {
      const answering = answerTo(query, filters);
      // Meanwhile the names are looked through.
      nameFirst(query);
      show();
      const { results, number, whole } = await answering;
      if (asked !== question) return;
      answer = { results: [...results], whole, shown: new Set() };
      if (!number) nameFirst(query, LEAST_ALONE);
      const told = Math.max(number, mine.named.size);
      mine.words = told === 1 ? "1 result" : `${told.toLocaleString("en")} results`;
      await extend(asked, query, new Map());
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
  loadNames().catch(() => {});
  if (input.value.trim()) ask();
})();
