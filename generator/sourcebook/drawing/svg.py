"""SVG as text.

In: names, attributes and inner parts. Out: elements, figures, addresses. The rule it guards: no author's text
is markup, nothing is styled but by classes, and every drawing has a name and a way around it.

A drawing is one figure: a link to the same content as a list, then the SVG in a frame that scrolls on narrow
screens. To assistive technology the SVG is an image with a name and a description. Its links are there for
pointers only: each of them stands in the list as well, so that nobody has to walk through them twice.
"""

import posixpath
from collections.abc import Callable, Iterable
from functools import lru_cache

from sourcebook.markdown.inert import attribute
from sourcebook.pages.parts import Link

Address = Callable[[Link], str]
"""From a link of a page to the address that the page's HTML has for it."""

TEXT_SIZE = 12
WIDE = 0.62
NARROW = 0.34
NARROW_LETTERS = frozenset("iljtfrI.,:;'|!()[]- ·’‘1")


def element(tag: str, attributes: dict[str, str | float], *inner: str) -> str:
    """An element with its attributes, in the order given, and its inner parts, which are SVG already."""
    written = "".join(f' {name}="{value_of(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{''.join(inner)}</{tag}>"


def value_of(value: str | float) -> str:
    """An attribute's value."""
    return attribute(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A coordinate, rounded to a tenth."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def group(name: str, *inner: str) -> str:
    """Parts that share a class."""
    return element("g", {"class": name}, *inner)


def words(text: str, x: float, y: float, name: str = "", anchor: str = "start") -> str:
    """A text on one line, `y` being its foot."""
    place: dict[str, str | float] = {"x": x, "y": y}
    if anchor != "start":
        place["text-anchor"] = anchor
    if name:
        place["class"] = name
    return element("text", place, attribute(text))


def line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    """A straight line."""
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": name})


def box(x: float, y: float, width: float, height: float, name: str, radius: float = 0) -> str:
    """A rectangle."""
    rounded: dict[str, str | float] = {"rx": radius} if radius else {}
    return element("rect", {"x": x, "y": y, "width": width, "height": height, **rounded, "class": name})


def path(steps: str, name: str) -> str:
    """A path."""
    return element("path", {"d": steps, "class": name})


def linked(address: str, title: str, *inner: str) -> str:
    """Parts that lead to a page when they are clicked; the title is shown when they are pointed at."""
    # Not `href`: some engines rewrite that wherever it stands in Markdown, and spoil a finished address.
    to_page: dict[str, str | float] = {"xlink:href": address, "tabindex": "-1"}
    return element("a", to_page, element("title", {}, attribute(title)), *inner)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = TEXT_SIZE) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    narrow = sum(letter in NARROW_LETTERS for letter in text)
    # The characters of the Far East are as wide as they are high.
    wide = sum(letter >= "\u1100" for letter in text if not "\u2000" <= letter <= "\u2bff")
    return size * (narrow * NARROW + wide + (len(text) - narrow - wide) * WIDE)


def wrapped(text: str, width: float, size: float = TEXT_SIZE, most: int = 2) -> list[str]:
    """A text on at most so many lines, broken at spaces, the last one cut where it is too long."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        line = [rest.pop(0)]
        while rest and text_width(" ".join([*line, rest[0]]), size) <= width:
            line.append(rest.pop(0))
        lines.append(cut(" ".join(line), width, size))
    return [*lines, cut(" ".join(rest), width, size)] if rest else lines


def cut(text: str, width: float, size: float = TEXT_SIZE) -> str:
    """A text that is about as wide as that at most, with an ellipsis where something is cut off."""
    if text_width(text, size) <= width:
        return text
    # No more than so many letters fit, were they all narrow: a long text is not measured letter by letter.
    text = text[: int(width / (size * NARROW)) + 1]
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def drawing(key: str, size: tuple[float, float], title: str, description: str, scene: str, links: str) -> str:
    """An SVG: what is seen only, under its name and description, then what is clicked as well."""
    width, height = size
    texts = {"title": title, "desc": description}
    told = "".join(element(tag, {"id": f"{key}-{tag}"}, attribute(text)) for tag, text in texts.items())
    image = {"role": "img", "aria-labelledby": f"{key}-title", "aria-describedby": f"{key}-desc"}
    return element(
        "svg",
        {"viewBox": f"0 0 {number(width)} {number(height)}", "class": "sb-svg"},
        element("g", dict(image), told, scene),
        element("g", {"aria-hidden": "true"}, links),
    )


def figure(
    key: str, name: str, label: str, svg: str, captions: Iterable[str], *, list_follows: bool = False
) -> str:
    """A drawing in a frame that scrolls; the link before it leads around it, to the heading `list`.

    Captions are paragraphs and lists of keys, as HTML. No link is needed where the list follows at once.
    """
    around = element("p", {"class": "sb-as-list"}, element("a", {"href": "#list"}, "The same as a list"))
    reached = {"class": "sb-frame", "role": "region", "aria-label": label, "tabindex": "0"}
    frame = element("div", dict(reached), svg, "\n")
    parts = (frame, caption(captions)) if list_follows else (around, frame, caption(captions))
    return element("figure", named(key, name), "\n", "\n".join(parts), "\n")


def small_figure(key: str, name: str, svg: str, captions: Iterable[str]) -> str:
    """A drawing that fits on any screen, with what it shows in words beside it."""
    frame = element("div", {"class": "sb-frame"}, svg, "\n")
    return element(
        "figure", named(key, f"{name} sb-small"), "\n", "\n".join((frame, caption(captions))), "\n"
    )


def named(key: str, name: str) -> dict[str, str | float]:
    """The attributes of a figure; no heading makes an id like that."""
    return {"class": f"sb-drawing {name}", "id": f"{key}-drawn"}


def caption(captions: Iterable[str]) -> str:
    """What stands under a drawing."""
    return element("figcaption", {}, "\n", "\n".join(part for part in captions if part), "\n")


def paragraph(text: str) -> str:
    """A plain text as a paragraph of HTML; empty for none."""
    return element("p", {}, attribute(text)) if text else ""


def keys(samples: Iterable[tuple[str, str]]) -> str:
    """The key to a drawing: for each kind of mark a sample, 36 by 18 in size, and what it means."""
    items = (
        element(
            "li",
            {},
            element("svg", {"viewBox": "0 0 36 18", "class": "sb-sample", "aria-hidden": "true"}, sample),
            " ",
            attribute(meaning),
        )
        for sample, meaning in samples
    )
    return element("ul", {"class": "sb-keys"}, *items)


def addresses(page: str, *, directory_urls: bool) -> Address:
    """How the links of a page are written in its HTML; `page` is the path of its Markdown file.

    Links lead from Markdown file to Markdown file; raw HTML needs the addresses of the pages made of them.
    """
    folder = posixpath.dirname(page)
    here = posixpath.dirname(web_path(page, directory_urls))

    def address(link: Link) -> str:
        target, sign, anchor = link.target.partition("#")
        there = web_path(posixpath.normpath(posixpath.join(folder, target)), directory_urls)
        relative = posixpath.relpath(there, here or ".")
        return f"{relative}{'/' if there.endswith('/') else ''}{sign}{anchor}"

    return address


def web_path(markdown: str, directory_urls: bool) -> str:
    """The path of the page made of a Markdown file: a folder, or an HTML file; MkDocs' rule."""
    stem = markdown.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html"
    above, _, name = stem.rpartition("/")
    if name == "index":
        return f"{above}/" if above else "./"
    return f"{stem}/"
