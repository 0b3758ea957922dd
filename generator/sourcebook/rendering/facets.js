/* Facets over an index: the list is whole without this script; with it, it can be narrowed.
   In: rows that carry their values in a hidden element `.sb-row-facets`; or, for a list on several pages, the
   name of the file that has all of it, which is fetched when somebody begins to narrow the list. The state is in the address, so that
   a narrowed list can be sent to somebody. Within a facet any of the values fits, between facets all must. */
(() => {
  "use strict";

  const NAMES = { status: "Status", type: "Kind", actor: "Actor", about: "About", period: "Year", place: "Place", source: "Source", tag: "Keyword" };
  const TEXT = "text";
  const MOST_SHOWN = 100;

  const element = (tag, attributes = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  };

  const readRows = (index) =>
    [...index.querySelectorAll("tbody tr")].map((row) => {
      const marks = row.querySelector(".sb-row-facets");
      const values = {};
      for (const [name, list] of Object.entries(marks ? marks.dataset : {})) values[name] = JSON.parse(list);
      return { row, values, text: row.textContent.toLowerCase() };
    });

  const readList = async (index) => {
    const settings = document.getElementById("__config");
    const base = new URL(`${settings ? JSON.parse(settings.textContent).base.replace(/\/$/, "") : "."}/`, location.href);
    const answer = await fetch(new URL(`assets/lists/${index.dataset.list}.json`, base));
    if (!answer.ok) throw new Error(answer.status);
    const { facets, parts, rows } = await answer.json();
    const names = Object.keys(facets);
    const made = (number) => {
      const [words, address, lang] = parts[number];
      const one = address
        ? element("a", { href: new URL(address, base).href, textContent: words })
        : element("span", { textContent: words });
      if (lang) Object.assign(one, { lang, dir: "auto" });
      return one;
    };
    const joint = (number) => (/[.!?…]$/.test(parts[number][0]) ? " · " : ", ");
    const cell = (numbers) => element("td", {}, ...numbers.flatMap((number, place) => (place ? [joint(numbers[place - 1]), made(number)] : [made(number)])));
    return rows.map(([title, cells, marks]) => ({
      make: () => element("tr", {}, cell([title]), ...cells.map(cell)),
      values: Object.fromEntries(names.map((name, place) => [name, marks[place].map((number) => facets[name][number])])),
      text: [title, ...cells.flat()].map((number) => parts[number][0]).join(" ").toLowerCase(),
    }));
  };

  const readState = (names) => {
    const address = new URLSearchParams(location.search);
    const chosen = {};
    for (const name of names) chosen[name] = new Set(address.getAll(name));
    return { chosen, text: address.get(TEXT) || "" };
  };

  const writeState = (state) => {
    const address = new URLSearchParams(location.search);
    for (const [name, values] of Object.entries(state.chosen)) {
      address.delete(name);
      for (const value of values) address.append(name, value);
    }
    address.delete(TEXT);
    if (state.text) address.set(TEXT, state.text);
    const query = address.toString();
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  };

  const fits = (row, state, except) =>
    (!state.text || row.text.includes(state.text.toLowerCase())) &&
    Object.entries(state.chosen).every(
      ([name, chosen]) =>
        name === except || !chosen.size || (row.values[name] || []).some((value) => chosen.has(value)),
    );

  const countValues = (rows, state, name) => {
    const counts = new Map();
    for (const row of rows) {
      const counted = fits(row, state, name);
      for (const value of row.values[name] || []) counts.set(value, (counts.get(value) || 0) + (counted ? 1 : 0));
    }
    return counts;
  };

  const facetBox = (name, values, state, changed, looked) => {
    const boxes = new Map();
    const list = element("ul");
    const summary = element("summary");
    const details = element("details", {}, summary, list);
    const fill = () => {
      if (!boxes.size) for (const value of values) addBox(value);
    };
    const addBox = (value) => {
      const input = element("input", { type: "checkbox", checked: state.chosen[name].has(value) });
      const count = element("span", { className: "sb-count" });
      input.addEventListener("change", () => {
        if (input.checked) state.chosen[name].add(value);
        else state.chosen[name].delete(value);
        changed();
      });
      boxes.set(value, { input, count });
      list.append(element("li", {}, element("label", {}, input, ` ${value} `, count)));
    };
    // Thousands of values are made when they are looked at.
    if (values.length <= MOST_SHOWN) fill();
    details.addEventListener("toggle", () => {
      fill();
      looked();
    });
    return { details, summary, boxes };
  };

  // The rows of a list on several pages are put in the place of those of the page, as far as they are asked for.
  const longTable = (index) => {
    const body = index.querySelector("tbody");
    const own = [...body.children];
    const pager = document.querySelector(".sb-pager");
    const more = element("button", { type: "button", textContent: "Show more" });
    let found = [];
    const extend = () => {
      body.append(...found.slice(body.children.length, body.children.length + MOST_SHOWN).map((row) => row.make()));
      more.hidden = body.children.length >= found.length;
    };
    more.addEventListener("click", extend);
    index.after(element("p", { className: "sb-facets" }, more));
    more.hidden = true;
    return (fitting, whole) => {
      found = fitting;
      body.replaceChildren(...(whole ? own : []));
      if (whole) more.hidden = true;
      else extend();
      if (pager) pager.hidden = !whole;
    };
  };

  const build = (index, rows, showRows) => {
    const names = Object.keys(NAMES).filter((name) => rows.some((row) => row.values[name]));
    const state = readState(names);
    const shown = element("output", { className: "sb-shown" });
    const search = element("input", { type: "search", value: state.text, placeholder: "Words in the list" });
    search.setAttribute("aria-label", "Words in the list");
    const clear = element("button", { type: "button", textContent: "Show all" });
    const facets = {};

    const show = () => {
      const fitting = rows.filter((row) => fits(row, state));
      const number = fitting.length;
      showRows(fitting, number === rows.length);
      shown.textContent = `${number} of ${rows.length}`;
      clear.hidden = number === rows.length;
      tell();
    };
    const tell = () => {
      for (const name of names) {
        facets[name].summary.textContent = [NAMES[name], [...state.chosen[name]].join(", ")].filter(Boolean).join(": ");
        if (showRows.isLong && !facets[name].details.open) continue;
        const counts = countValues(rows, state, name);
        for (const [value, { input, count }] of facets[name].boxes) {
          input.checked = state.chosen[name].has(value);
          count.textContent = counts.get(value) || 0;
        }
      }
    };
    const changed = () => {
      writeState(state);
      show();
    };

    for (const name of names) {
      const total = countValues(rows, { chosen: {}, text: "" }, name);
      const values = [...total.keys()].sort((one, other) => total.get(other) - total.get(one) || one.localeCompare(other));
      facets[name] = facetBox(name, values, state, changed, tell);
    }
    search.addEventListener("input", () => {
      state.text = search.value.trim();
      changed();
    });
    clear.addEventListener("click", () => {
      for (const name of names) state.chosen[name].clear();
      state.text = search.value = "";
      changed();
      search.focus();
    });
    const form = element("form", { className: "sb-facets" }, search, ...names.map((name) => facets[name].details), element("p", {}, shown, " ", clear));
    form.setAttribute("aria-label", "Narrow the list");
    form.addEventListener("submit", (event) => event.preventDefault());
    index.before(form);
    show();
    return search;
  };

  const buildShort = (index) => {
    const rows = readRows(index);
    build(index, rows, (fitting) => {
      const kept = new Set(fitting);
      for (const row of rows) row.row.hidden = !kept.has(row);
    });
  };

  const buildLong = (index) => {
    if (location.protocol === "file:") return;
    const open = element("button", { type: "button", textContent: `Search and narrow all ${Number(index.dataset.total).toLocaleString("en")}` });
    const form = element("form", { className: "sb-facets" }, open);
    const load = async (focus) => {
      open.disabled = true;
      try {
        const rows = await readList(index);
        form.remove();
        const search = build(index, rows, Object.assign(longTable(index), { isLong: true }));
        if (focus) search.focus();
      } catch {
        open.textContent = "The whole list could not be loaded: try again";
        open.disabled = false;
      }
    };
    open.addEventListener("click", () => load(true));
    form.addEventListener("submit", (event) => event.preventDefault());
    index.before(form);
    const asked = new URLSearchParams(location.search);
    if ([TEXT, ...Object.keys(NAMES)].some((name) => asked.has(name))) load(false);
  };

  const start = () => {
    const index = document.querySelector(".sb-index");
    if (!index || document.querySelector(".sb-facets")) return;
    if (index.dataset.list) buildLong(index);
    else buildShort(index);
  };

  // Material replaces the page without loading it where instant navigation is on.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
