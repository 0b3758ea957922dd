/* Scripts that a page fetches only when its reader wants what they do: the cards beside links when the first
   link is pointed at or reached with the keyboard, the search by name when the search is opened; and the zoom
   on the page that has a timeline. */
(() => {
  "use strict";

  const here = document.currentScript && document.currentScript.src;
  if (!here) return;

  const begun = new Set();
  // A module has others with it, but none runs from a disk.
  const begin = (name, type = "text/javascript") => {
    if (begun.has(name)) return;
    begun.add(name);
    const script = document.createElement("script");
    script.type = type;
    script.src = new URL(`sourcebook-${name}.js`, here);
    document.head.append(script);
  };

  const look = () => document.querySelector(".sb-zoomable") && begin("timeline");
  if (window.document$) window.document$.subscribe(look);
  else look();

  // From a disk nothing can be fetched that the others work with.
  if (location.protocol === "file:") return;

  // The search has the names with it: fetched beside it, neither waits for the other.
  const search = () => ["names", "search"].forEach((name) => begin(name, "module"));
  const links = ".md-content a[href]";
  const isIn = (event, place) => event.target instanceof Element && event.target.closest(place);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch" && isIn(event, links)) begin("previews");
  });
  document.addEventListener("focusin", (event) => {
    if (isIn(event, ".md-search")) search();
    else if (isIn(event, links)) begin("previews");
  });
  // An address that carries its query opens the search by itself.
  if (new URLSearchParams(location.search).has("q")) search();
})();
