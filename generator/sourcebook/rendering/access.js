/* What a screen reader and a keyboard need of the theme's parts that only scripts make. */
(() => {
  "use strict";

  /* The search is a dialog; it is called what its field is called, in the site's language. */
  const nameSearch = () => {
    const dialog = document.querySelector(".md-search[role=dialog]");
    const field = dialog && dialog.querySelector("input[aria-label]");
    if (field) dialog.setAttribute("aria-label", field.getAttribute("aria-label"));
  };

  /* The names under each result are no part of the page's navigation, though the theme marks them so. */
  const unmarkNames = (list) => {
    for (const names of list.querySelectorAll("nav.md-tags")) {
      const plain = Object.assign(document.createElement("div"), { className: names.className });
      plain.append(...names.childNodes);
      names.replaceWith(plain);
    }
  };

  const watchResults = () => {
    const list = document.querySelector(".md-search-result__list");
    if (!list || list.dataset.sbWatched) return;
    list.dataset.sbWatched = "true";
    new MutationObserver(() => unmarkNames(list)).observe(list, { childList: true, subtree: true });
  };

  /* A table wider than the page is scrolled sideways: with the keyboard, too. */
  const reachTables = () => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) box.tabIndex = 0;
  };

  const start = () => {
    nameSearch();
    watchResults();
    reachTables();
  };

  // Material says so when a page is there, and when instant navigation has exchanged it.
  if (typeof document$ === "undefined") start();
  else document$.subscribe(start);
})();
