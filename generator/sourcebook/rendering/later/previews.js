/* A card beside a link to a record, when it is pointed at or has the keyboard's focus: what the page there
   is, its title, who says it or what it is about, its status or date. For the number of a note, the note.
   In: the page that the link leads to, fetched once. Without this script, from a disk, or where the page
   cannot be had, a link is a link. The card stays while the link or itself is pointed at (WCAG 2.2, 1.4.13);
   Escape takes it away. */
(() => {
  "use strict";

  const RECORD = /^(actors|claims|disputes|events|places|sources)\/(?!index\b)[^/]+(\/|\.html)$/;
  const BEFORE_SHOWN = 350;
  const BEFORE_HIDDEN = 250;
  const MOST_KEPT = 60;

  const settings = document.getElementById("__config");
  if (!settings) return;
  const base = new URL(`${JSON.parse(settings.textContent).base.replace(/\/$/, "")}/`, location.href);

  const pages = new Map();
  const fetched = (address) => {
    if (!pages.has(address)) {
      const page = fetch(address, { credentials: "same-origin" }).then(async (answer) =>
        answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null,
      );
      pages.set(address, page.catch(() => pages.delete(address) && null));
      if (pages.size > MOST_KEPT) pages.delete(pages.keys().next().value);
    }
    return pages.get(address);
  };

  /* A text of a page in one line, with its language where it is another than the page's. */
  const told = (element) => {
    if (!element) return null;
    const copy = element.cloneNode(true);
    for (const sign of copy.querySelectorAll(".headerlink, .sb-cite")) sign.remove();
    const foreign = copy.children.length === 1 && copy.querySelector("[lang]");
    const { lang, dir } = foreign || {};
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    return text ? { text, lang, dir } : null;
  };

  const described = (page, kind) => {
    const meta = page.querySelector("meta[name=description]");
    const text = meta ? meta.content : "";
    return text && !(kind && text.startsWith(`${kind.text}:`)) ? { text } : null;
  };

  const eyebrow = (page) => {
    const words = told(page.querySelector(".sb-eyebrow"));
    return words && { ...words, text: words.text.replace(/^.*›\s*/, "") };
  };

  const ofRecord = (page, anchor) => {
    const title = told(page.querySelector("h1"));
    if (!title) return null;
    const place = anchor && page.getElementById(anchor);
    if (place && /^H[2-6]$/.test(place.tagName)) {
      const next = place.nextElementSibling;
      return { kind: title, title: told(place), text: next && next.tagName === "P" ? told(next) : null };
    }
    const kind = eyebrow(page);
    const status = page.querySelector(".sb-status");
    return {
      kind,
      title,
      text: told(page.querySelector(".sb-statement")) || described(page, kind),
      foot: told(status) || told(page.querySelector(".sb-facts .sb-date")),
      name: status ? status.className : "",
    };
  };

  const ofNote = (anchor) => {
    const note = document.getElementById(anchor);
    return note && { kind: null, title: null, text: told(note.closest("li")) };
  };

  const preview = async (link) => {
    const address = new URL(link.href);
    const anchor = decodeURIComponent(address.hash.slice(1));
    const page = address.origin + address.pathname;
    if (page === location.origin + location.pathname) return /^cite-\d+$/.test(anchor) ? ofNote(anchor) : null;
    if (!page.startsWith(base.href) || !RECORD.test(page.slice(base.href.length))) return null;
    const found = await fetched(page);
    return found && ofRecord(found, anchor);
  };

  const card = Object.assign(document.createElement("div"), { id: "sb-preview", className: "sb-preview", hidden: true });
  card.setAttribute("role", "tooltip");

  const line = (words, name) => {
    if (!words) return [];
    const element = document.createElement("p");
    element.className = name;
    const text = document.createElement("bdi");
    text.textContent = words.text;
    if (words.lang) text.lang = words.lang;
    if (words.dir) text.dir = words.dir;
    element.append(text);
    return [element];
  };

  /* Under the link, over it where there is no room, and never beyond the window's edges. */
  const put = (link, pointer) => {
    const lines = [...link.getClientRects()];
    const first = lines[0] || link.getBoundingClientRect();
    const last = lines.at(-1) || first;
    const pointed = pointer && lines.find((box) => pointer.y >= box.top - 2 && pointer.y <= box.bottom + 2);
    const { width, height } = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - 8;
    const above = last.bottom + height + 8 > innerHeight && first.top > height + 8;
    const frame = (card.offsetParent || document.body).getBoundingClientRect();
    card.style.left = `${Math.max(8, Math.min((pointed || first).left, room)) - frame.left}px`;
    card.style.top = `${(above ? first.top - height - 2 : last.bottom + 2) - frame.top}px`;
  };

  let current = null;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    if (current) current.removeAttribute("aria-describedby");
    current = null;
    card.hidden = true;
  };

  const show = async (link, pointer) => {
    const found = await preview(link).catch(() => null);
    if (current !== link || !found || !link.isConnected) return;
    const foot = line(found.foot, `sb-preview-foot ${found.name || ""}`);
    card.replaceChildren(
      ...line(found.kind, "sb-preview-kind"),
      ...line(found.title, "sb-preview-title"),
      ...line(found.text, "sb-preview-text"),
      ...foot,
    );
    if (!card.isConnected) (document.querySelector("main") || document.body).append(card);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    put(link, pointer);
  };

  const begin = (link, pointer) => {
    clearTimeout(timer);
    if (current === link) return;
    hide();
    current = link;
    timer = setTimeout(() => show(link, pointer), BEFORE_SHOWN);
  };

  const end = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, BEFORE_HIDDEN);
  };

  const linkAt = (target) => {
    const link = target instanceof Element && target.closest(".md-content a[href]:not(.headerlink)");
    return link instanceof HTMLAnchorElement ? link : null;
  };

  // A finger has no way of pointing without touching: there a link is followed, and no card comes.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link) begin(link, { x: event.clientX, y: event.clientY });
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (current && current !== document.activeElement) end();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link && link.matches(":focus-visible")) begin(link);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === current) end();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", hide);
  if (window.document$) window.document$.subscribe(hide);

  // What was pointed at or reached while this script was on its way.
  const reached = linkAt(document.activeElement);
  const pointed = linkAt([...document.querySelectorAll(":hover")].at(-1));
  if (pointed || (reached && reached.matches(":focus-visible"))) begin(pointed || reached);
})();
