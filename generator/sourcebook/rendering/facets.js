/* Facets over an index: the list is whole without this script; with it, it can be narrowed.
   In: rows that carry their values in a hidden element `.sb-row-facets`. The state is in the address, so that
   a narrowed list can be sent to somebody. Within a facet any of the values fits, between facets all must. */
(() => {
  "use strict";

  const NAMES = { status: "Status", type: "Kind", actor: "Actor", period: "Year", place: "Place", source: "Source", tag: "Keyword" };
  const TEXT = "text";

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

  const facetBox = (name, values, state, changed) => {
    const boxes = new Map();
    const list = element("ul");
    for (const value of values) {
      const input = element("input", { type: "checkbox", checked: state.chosen[name].has(value) });
      const count = element("span", { className: "sb-count" });
      input.addEventListener("change", () => {
        if (input.checked) state.chosen[name].add(value);
        else state.chosen[name].delete(value);
        changed();
      });
      boxes.set(value, { input, count });
      list.append(element("li", {}, element("label", {}, input, ` ${value} `, count)));
    }
    const summary = element("summary");
    const details = element("details", {}, summary, list);
    return { details, summary, boxes };
  };

  const build = (index) => {
    const rows = readRows(index);
    const names = Object.keys(NAMES).filter((name) => rows.some((row) => row.values[name]));
    const state = readState(names);
    const shown = element("output", { className: "sb-shown" });
    const search = element("input", { type: "search", value: state.text, placeholder: "Words in the list" });
    search.setAttribute("aria-label", "Words in the list");
    const clear = element("button", { type: "button", textContent: "Show all" });
    const facets = {};

    const show = () => {
      let number = 0;
      for (const row of rows) {
        row.row.hidden = !fits(row, state);
        if (!row.row.hidden) number += 1;
      }
      shown.textContent = `${number} of ${rows.length}`;
      clear.hidden = number === rows.length;
      for (const name of names) {
        const counts = countValues(rows, state, name);
        facets[name].summary.textContent = [NAMES[name], [...state.chosen[name]].join(", ")].filter(Boolean).join(": ");
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
      facets[name] = facetBox(name, values, state, changed);
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
  };

  const start = () => {
    const index = document.querySelector(".sb-index");
    if (index && !document.querySelector(".sb-facets")) build(index);
  };

  // Material replaces the page without loading it where instant navigation is on.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
