/* Zoom for the timeline: time is drawn wider, words stay as they are. In: the drawing as it was built, whose
   axes carry the first and the last day of each period (days from 1 March of the year 0). Its frame scrolls, as
   it does without this script; buttons, keys, two fingers and Ctrl with the wheel zoom, a mouse drags. Where
   there is room, an event's title stands beside its number. The days in sight are in the address, so that they
   can be sent to somebody. Nothing moves by itself. */
(() => {
  "use strict";

  const DAY = 864e5;
  const EPOCH = 719468; // 1 January 1970
  const STEP = 1.6;
  const TIP = 8; // of an arrow, as the drawing has it
  const NARROWEST = 6; // a bar
  const LEAST_ROOM = 50; // for a title
  const FARTHEST = 150;
  const WIDEST_DAY = 100;
  const PERIOD = "period";
  const SVG = "http://www.w3.org/2000/svg";

  const inEnglish = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  const MONTH = inEnglish({ month: "short" });
  const LONG = inEnglish({ day: "numeric", month: "long", year: "numeric" });

  const dateOf = (day) => new Date((day - EPOCH) * DAY);
  const dayOf = (year, month) => Math.round(new Date(0).setUTCFullYear(year, month, 1) / DAY) + EPOCH;
  const nameOf = (year) => (year > 0 ? `${year}` : `${1 - year} BCE`);
  const monthOf = (date) => (date.getUTCMonth() ? MONTH.format(date).slice(0, 3) : nameOf(date.getUTCFullYear()));

  const pen = document.createElement("canvas").getContext("2d");
  const set = (element, values) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    return element;
  };
  const drawn = (tag, values, text = "") => {
    const made = set(document.createElementNS(SVG, tag), values);
    made.textContent = text;
    return made;
  };
  const at = (element, name) => Number(element.getAttribute(name));
  const rounded = (value) => Math.round(value * 10) / 10;
  const within = (value, least, most) => Math.max(least, Math.min(most, value));

  /* As much of a text as has room, with an ellipsis; empty where that is hardly a word. */
  const cut = (text, room) => {
    if (room < LEAST_ROOM) return "";
    let length = text.length;
    while (pen.measureText(text.slice(0, length)).width > room - 6) length = Math.floor(length * 0.95);
    return length < text.length ? `${text.slice(0, length).trimEnd()}…` : text;
  };

  /* A period of the scale: where it lies in the drawing as built, and its days. */
  const readStretch = (axis) => ({
    axis,
    head: axis.previousElementSibling,
    words: axis.previousElementSibling.textContent,
    left: at(axis, "x1"),
    right: at(axis, "x2"),
    first: Number(axis.dataset.first),
    days: Number(axis.dataset.last) + 1 - axis.dataset.first,
  });

  /* A mark: from where to where it lies in the drawing as built. A pill keeps its width, a bar gets wider. */
  const readMark = (link) => {
    const shape = link.querySelector(".sb-mark");
    const number = link.querySelector("text");
    const label = link.querySelector("title").textContent;
    const title = { words: label.slice(0, label.lastIndexOf(": ")), text: null };
    const common = { link, shape, number, title, size: pen.measureText(number.textContent).width };
    if (shape.tagName === "rect") {
      const width = at(shape, "width");
      return { ...common, row: at(shape, "y"), width, left: at(shape, "x"), right: at(shape, "x") + width };
    }
    const [, start, row, end, rest, close] = /^M(\S+) (\S+)H([\d.-]+)(.*)H(.*)$/.exec(shape.getAttribute("d"));
    const [before, after] = [close.includes("l") ? TIP : 0, rest.includes("l") ? TIP : 0];
    const right = Number(shape.dataset.until || Number(end) + after);
    return { ...common, row: Number(row), left: start - before, right, before, after, rest, close: close.replace(/^[\d.-]+/, "") };
  };

  /* What divides a period: the finest lines whose words have room, between two days. */
  const ticks = (width, first, last) => {
    const found = [];
    if (width * 5 >= 26) {
      for (let day = first; day <= last; day += 1) {
        const number = dateOf(day).getUTCDate();
        if (number === 1) found.push([day, monthOf(dateOf(day))]);
        else if (width >= 26 || (number % 5 === 0 && number < 30)) found.push([day, number]);
      }
      return found;
    }
    const months = [1, 3, 6].find((step) => width * 28 * step >= 34);
    const step = months || 12 * [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((years) => width * 365 * years >= 54 || years === 5000);
    const begins = dateOf(first).getUTCFullYear() * 12 + dateOf(first).getUTCMonth();
    for (let month = Math.floor(begins / step) * step; ; month += step) {
      const day = dayOf(Math.floor(month / 12), ((month % 12) + 12) % 12);
      if (!(day <= last)) return found;
      if (day >= first) found.push([day, monthOf(dateOf(day))]);
    }
  };

  const zoomable = (figure) => {
    const frame = figure.querySelector(".sb-frame");
    let svg = frame.querySelector("svg");
    const first = svg.cloneNode(true);
    const [, , width, height] = first.getAttribute("viewBox").split(" ").map(Number);
    let stretches, marks, lanes, breaks, scale;
    let zoom = 1;

    const read = () => {
      scale = svg.querySelector(".sb-scale");
      pen.font = getComputedStyle(svg.querySelector(".sb-number")).font;
      stretches = [...svg.querySelectorAll(".sb-axis")].map(readStretch);
      breaks = [...svg.querySelectorAll(".sb-break")];
      lanes = [...svg.querySelectorAll(".sb-lane")];
      marks = [...svg.querySelectorAll("a")].map(readMark);
      // The room of a mark's title ends where the next one in its row begins.
      const ordered = [...marks].sort((one, other) => one.row - other.row || one.left - other.left);
      ordered.forEach((mark, place) => {
        mark.next = ordered[place + 1] && ordered[place + 1].row === mark.row ? ordered[place + 1] : null;
      });
    };

    /* Where a place of the drawing as built lies now: the breaks between periods stay as wide as they are. */
    const placed = (x, by = zoom) =>
      stretches.reduce((sum, { left, right }) => sum + (by - 1) * (within(x, left, right) - left), x);
    const builtAt = (x) => {
      let more = 0;
      for (const { left, right } of stretches) {
        if (x < left + more) break;
        if (x <= left + more + zoom * (right - left)) return left + (x - left - more) / zoom;
        more += (zoom - 1) * (right - left);
      }
      return x - more;
    };
    const xOfDay = (stretch, day) => stretch.left + ((stretch.right - stretch.left) * (day - stretch.first)) / stretch.days;

    const dayWidth = Math.max(...[...first.querySelectorAll(".sb-axis")].map(readStretch).map(({ left, right, days }) => (right - left) / days));
    const most = within(WIDEST_DAY / dayWidth, 8, FARTHEST);
    const pixels = () => svg.getBoundingClientRect().width / placed(width);
    const sight = () => {
      const unit = pixels();
      return [frame.scrollLeft / unit, (frame.scrollLeft + frame.clientWidth) / unit];
    };

    const days = () => {
      const [from, to] = sight().map(builtAt);
      const seen = stretches.filter(({ left, right }) => right > from + 1 && left < to - 1);
      if (!seen.length) return null;
      // A frame is scrolled by whole pixels: a day of which less is in sight is not.
      const dayAt = (x, { left, right, first: begins, days: all }, way) => {
        const day = (right - left) / all;
        return begins + within(Math.floor((x - left) / day + way * Math.min(0.5, 2 / (zoom * day))), 0, all - 1);
      };
      return [dayAt(from, seen[0], 1), dayAt(to, seen.at(-1), -1)];
    };

    const drawTicks = ([from, to]) => {
      for (const old of scale.querySelectorAll(".sb-tick, .sb-tick-words")) old.remove();
      for (const stretch of stretches) {
        const [left, right] = [placed(stretch.left), placed(stretch.right)];
        const wide = (right - left) / stretch.days;
        const [begin, end] = [Math.max(left, from), Math.min(right, to)];
        stretch.head.setAttribute("x", rounded(left + 2));
        if (begin >= end) continue;
        const dayAt = (x) => stretch.first + within(Math.floor((x - left) / wide), 0, stretch.days - 1);
        for (const [day, words] of ticks(wide, dayAt(begin), dayAt(end))) {
          const x = rounded(placed(xOfDay(stretch, day)));
          scale.append(drawn("line", { x1: x, y1: 22, x2: x, y2: height - 18, class: "sb-tick" }));
          if (pen.measureText(words).width + x < right) scale.append(drawn("text", { x: x + 2, y: 30, class: "sb-tick-words" }, words));
        }
        const date = dateOf(dayAt(begin));
        const told = stretch.days > 62 && wide * 28 >= 34;
        stretch.head.textContent = told ? [wide * 5 >= 26 && MONTH.format(date).slice(0, 3), nameOf(date.getUTCFullYear())].filter(Boolean).join(" ") : stretch.words;
        const room = right - pen.measureText(stretch.head.textContent).width - 8;
        stretch.head.setAttribute("x", rounded(Math.max(left + 2, Math.min(begin + 2, room))));
      }
    };

    const drawMark = (mark, [from, to]) => {
      const { shape, number, width: pill, size } = mark;
      let [left, right] = [placed(mark.left), placed(mark.right)];
      if (pill) {
        left = placed((mark.left + mark.right) / 2) - pill / 2;
        right = left + pill;
        shape.setAttribute("x", rounded(left));
      } else {
        right = Math.max(right, left + NARROWEST);
        const { before, after, rest, close, row } = mark;
        const begins = rounded(left + before);
        shape.setAttribute("d", `M${begins} ${row}H${rounded(right - after)}${rest}H${begins}${close}`);
      }
      mark.drawn = [left, right];
      // What is written in a bar stays in sight as long as the bar does.
      const inside = pill || right - left > size + 6;
      const x = pill ? (left + right) / 2 : inside ? within(from + 4, left + 3 + mark.before, right - size - 3) : right + 3;
      set(number, { x: rounded(x), "text-anchor": pill ? "middle" : "start" });
      mark.words = pill ? right + 3 : x + size + 4;
      mark.room = pill || !inside ? null : right - mark.after;
      mark.seen = right >= from && left <= to;
    };

    const drawTitle = (mark) => {
      const end = mark.room ?? (mark.next ? mark.next.drawn[0] - 2 : placed(width));
      const words = mark.seen ? cut(mark.title.words, end - mark.words) : "";
      if (!words && !mark.title.text) return;
      mark.title.text ||= mark.link.appendChild(drawn("text", { y: mark.number.getAttribute("y"), class: "sb-number" }));
      mark.title.text.textContent = words;
      mark.title.text.setAttribute("x", rounded(mark.words));
    };

    const draw = () => {
      const seen = sight();
      drawTicks(seen);
      for (const mark of marks) drawMark(mark, seen);
      for (const mark of marks) drawTitle(mark);
    };

    const shown = document.createElement("output");
    const tell = () => {
      const found = zoom > 1 && days();
      shown.textContent = found ? [...new Set(found)].map((day) => LONG.format(dateOf(day))).join(" – ") : "";
      const address = new URLSearchParams(location.search);
      address.delete(PERIOD);
      if (found) address.set(PERIOD, found.map((day) => dateOf(day).toISOString().split("T")[0]).join("/"));
      const query = address.toString().replace(/%2F/g, "/");
      history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    };
    let timer = 0;
    const tellSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => frame.isConnected && tell(), 250);
    };

    /* Draw time so many times as wide; the place `built` comes to lie `offset` pixels from the frame's left. */
    const zoomTo = (wanted, built, offset) => {
      const next = within(wanted, 1, most);
      if (next === 1 && zoom > 1) {
        svg.replaceWith((svg = first.cloneNode(true)));
        read();
      }
      zoom = next;
      const wide = placed(width);
      frame.style.setProperty("--sb-zoom", wide / width);
      Object.assign(frame.style, zoom > 1 ? { cursor: "grab", userSelect: "none" } : { cursor: "", userSelect: "" });
      if (zoom > 1) {
        svg.setAttribute("viewBox", `0 0 ${rounded(wide)} ${height}`);
        for (const lane of lanes) lane.setAttribute("x2", rounded(wide));
        for (const one of breaks) {
          const middle = Number(/^M(\S+)/.exec(one.getAttribute("d"))[1]) + 2;
          one.setAttribute("transform", `translate(${rounded(placed(middle) - middle)} 0)`);
        }
        for (const { axis, left, right } of stretches) set(axis, { x1: rounded(placed(left)), x2: rounded(placed(right)) });
      }
      frame.scrollLeft = placed(built) * pixels() - offset;
      if (zoom > 1) draw();
      tellSoon();
    };
    const zoomBy = (factor, offset = frame.clientWidth / 2) =>
      zoomTo(zoom * factor, builtAt((frame.scrollLeft + offset) / pixels()), offset);
    const showAll = () => zoomTo(1, 0, 0);

    const showPeriod = (from, to) => {
      const place = (day, late) => {
        const stretch = late ? stretches.findLast((one) => one.first < day) : stretches.find((one) => one.first + one.days > day);
        return stretch && within(xOfDay(stretch, day), stretch.left, stretch.right);
      };
      const [left, right] = [place(from, false), place(to + 1, true)];
      if (!(left < right)) return;
      const stretched = placed(right, 2) - placed(left, 2) - (right - left);
      const wanted = (frame.clientWidth / pixels() - (right - left - stretched)) / stretched;
      zoomTo(wanted, (left + right) / 2, frame.clientWidth / 2);
    };

    const actions = { "+": () => zoomBy(STEP), "=": () => zoomBy(STEP), "-": () => zoomBy(1 / STEP), 0: showAll };
    const button = (words, key) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: words, title: `${words} (${key})` });
      made.addEventListener("click", actions[key]);
      return made;
    };
    const bar = document.createElement("div");
    bar.className = "sb-facets";
    set(bar, { role: "group", "aria-label": "Zoom of the timeline" });
    bar.append(button("Zoom in", "+"), button("Zoom out", "-"), button("Show all", "0"), shown);

    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(actions, event.key)) return;
      event.preventDefault();
      actions[event.key]();
    });
    frame.addEventListener("scroll", () => {
      if (zoom > 1) requestAnimationFrame(draw);
      tellSoon();
    });
    const across = (x) => x - frame.getBoundingClientRect().left;
    frame.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        zoomBy(within(Math.exp(-event.deltaY / 100), 0.8, 1.25), across(event.clientX));
      },
      { passive: false },
    );

    /* Two fingers: what is between them stays between them. */
    let apart = 0;
    const measure = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    frame.addEventListener("touchstart", ({ touches }) => {
      apart = touches.length === 2 ? measure(touches) : 0;
    }, { passive: true });
    frame.addEventListener(
      "touchmove",
      (event) => {
        if (!apart || event.touches.length !== 2) return;
        event.preventDefault();
        const now = measure(event.touches);
        zoomBy(now / apart, across((event.touches[0].clientX + event.touches[1].clientX) / 2));
        apart = now;
      },
      { passive: false },
    );

    /* A mouse drags; what is a drag is no click. */
    let dragged = null;
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) dragged = { x: event.clientX, from: frame.scrollLeft, far: false };
    });
    frame.addEventListener("pointermove", (event) => {
      if (!dragged || !event.buttons) return;
      const way = event.clientX - dragged.x;
      if (!dragged.far && Math.abs(way) < 5) return;
      if (!dragged.far) frame.setPointerCapture(event.pointerId);
      dragged.far = true;
      frame.scrollLeft = dragged.from - way;
    });
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    frame.addEventListener("click", (event) => {
      if (dragged && dragged.far) event.preventDefault();
      dragged = null;
    }, true);

    read();
    figure.prepend(bar);
    // On paper there is room for the whole only.
    addEventListener("beforeprint", () => frame.isConnected && zoom > 1 && showAll());
    const asked = (new URLSearchParams(location.search).get(PERIOD) || "").split("/").map((day) => Math.floor(Date.parse(day) / DAY) + EPOCH);
    if (asked.length === 2 && asked[0] <= asked[1]) showPeriod(...asked);
  };

  const start = () => {
    for (const figure of document.querySelectorAll(".sb-zoomable")) {
      if (figure.querySelector(".sb-facets")) continue;
      zoomable(figure);
    }
  };

  // Material replaces the page without loading it where instant navigation is on.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
