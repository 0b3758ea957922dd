"""A Hypothesis grammar of the Markdown that page templates write, filled with hostile texts."""

from hypothesis import strategies as st

from hostile_texts import FRAGMENTS
from sourcebook.markdown.inert import attribute, inert, inert_within, link

BENIGN = ("The road was closed", "Հայաստան", "2,461 people", "قرة باغ", "a — b", "“so” (it is)", "Who")
_texts = st.one_of(
    st.sampled_from(BENIGN),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4).map(" ".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
)
_targets = st.sampled_from(
    ("../actors/a-b.md#c", "#c1", "https://x.example/?a=1&b=2#c", "mailto:a@b.example", "a.md", *FRAGMENTS)
)
_slugs = st.sampled_from(("who", "who-1", "who_1", "x_1", "n1"))


class _Grammar:
    """Draws the parts of a page; what a method is called is what it draws."""

    def __init__(self, draw):
        self.draw = draw

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def some(self, part, least=1, most=3):
        return [part() for _ in range(self.draw(st.integers(least, most)))]

    def text(self):
        return self.draw(_texts).encode("utf-8", "replace").decode()

    def slug(self):
        return self.draw(_slugs)

    # Inline.

    def words(self):
        return inert(self.text()) or "x"

    def piece(self):
        return inert_within(self.text().strip()).strip() or "x"

    def value(self):
        return attribute(self.text()) or "x"

    def target(self):
        return link("", self.draw(_targets))[3:-1] or "y"

    def link(self):
        return f"[{self.piece()}]({self.target()})"

    def titled_link(self):
        return f'[{self.piece()}]({self.target()} "{self.value()}")'

    def emphasis(self):
        stars = self.one_of("*", "**")
        return f"{stars}{self.one_of(self.piece, self.link, self.titled_link, self.tagged)()}{stars}"

    def emphasised_label(self):
        return f"[*{self.piece()}* **{self.piece()}**](b.md)"

    def tagged(self):
        return self.one_of(
            f'<span lang="hy" dir="auto" title="{self.value()}">{self.piece()}</span>',
            f'<sup id="r{self.slug()}">[1](#c1)</sup>',
            f'<time datetime="2023-09-24">{self.piece()}</time><br>',
            f'<a id="{self.slug()}"></a>',
            f"<strong>{self.piece()}</strong><small><q>{self.piece()}</q></small> <cite>x</cite> &amp;",
        )

    def inline(self):
        return self.one_of(
            self.piece, self.link, self.titled_link, self.emphasis, self.emphasised_label, self.tagged
        )()

    def line(self):
        return self.one_of(
            self.words,
            lambda: f"{self.words()} {self.inline()}",
            lambda: f"{self.words()} {self.inline()}, {self.inline()}",
            lambda: f"{self.link()} {self.inline()}",
            lambda: f"{self.emphasis()} {self.inline()}",
            lambda: f"{self.tagged()}{self.words()}[1](#c1)",
        )()

    # Blocks.

    def heading(self):
        attributes = self.one_of("", f" {{#{self.slug()}}}", f" {{#{self.slug()} .wide .x}}", " {.wide}")
        return f"{self.one_of('#', '##', '###', '####')} {self.line()}{attributes}"

    def paragraph(self):
        return "\n".join(self.some(self.line))

    def marker(self):
        return self.one_of("- ", "1. ", "12. ")

    def tight_list(self, depth=0):
        return "\n".join(self.marker() + self.tight_item(depth) for _ in self.some(int))

    def tight_item(self, depth):
        if depth == 2 or self.draw(st.booleans()):
            return self.line()
        return f"{self.line()}\n{_indented(self.tight_list(depth + 1))}"

    def loose_list(self, depth=0):
        return "\n\n".join(self.marker() + self.loose_item(depth) for _ in self.some(int))

    def loose_item(self, depth):
        inner = (
            (self.line, self.tight_list)
            if depth
            else (self.line, self.tight_list, lambda: self.loose_list(1))
        )
        return "\n\n".join([self.line(), *(_indented(self.one_of(*inner)()) for _ in self.some(int, 0, 2))])

    def cell(self):
        return self.one_of(str, self.words, self.line)()

    def table(self):
        width = self.one_of(1, 2, 3)
        columns = [self.one_of("---", ":--", "--:", ":-:") for _ in range(width)]
        rows = self.some(lambda: [self.cell() for _ in range(width)], 1, 4)
        return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], columns, *rows[1:]])

    def quote(self):
        lines = "\n\n".join(self.some(self.paragraph, 1, 2)).split("\n")
        return "\n".join(f"> {line}".rstrip(" ") if not line else f"> {line}" for line in lines)

    def simple_raw(self):
        return self.one_of(
            f'<p class="note" lang="hy">{self.words()} <b>{self.words()}</b></p>',
            f'<figure class="c" id="{self.slug()}">\n<svg viewBox="0 0 1 1" role="img">\n\n'
            f'<title>{self.words()}</title><path d="M0 0"/></svg>\n</figure>',
            f"<summary>{self.words()}</summary>",
        )

    def raw(self):
        return self.one_of(
            self.simple_raw(),
            f'<div title="{self.value()}"><div>{self.words()}</div>\n\n<p>{self.words()}</p>\n</div>',
            f"<dl>\n<dt>{self.words()}</dt>\n    <dd>{self.words()}<br></dd>\n</dl>",
            f"<details><summary>{self.words()}</summary>\n<ul><li>{self.words()}</li></ul></details>",
        )

    def flow(self):
        return self.one_of(
            self.heading, self.paragraph, self.tight_list, self.loose_list, self.table, self.quote
        )()

    def container(self, depth=0):
        attributes = self.one_of("", f' id="{self.slug()}"', ' data-x="y" aria-label="z"')
        inner = (
            (self.flow, self.simple_raw)
            if depth == 2
            else (self.flow, self.simple_raw, lambda: self.container(depth + 1))
        )
        blocks = "\n\n".join(self.some(lambda: self.one_of(*inner)(), 0, 3))
        tag, gap = self.one_of("div", "section", "details"), self.one_of("\n", "\n\n")
        opening = f'<{tag} class="{self.one_of("grid", "grid cards")}"{attributes} markdown>'
        return f"{opening}{gap}{blocks}{gap}</{tag}>"

    def page(self):
        return "\n\n".join(
            self.some(lambda: self.one_of(self.flow, self.flow, self.raw, self.container)(), 1, 5)
        )


def _indented(block):
    return "\n".join("    " + line if line else "" for line in block.split("\n"))


@st.composite
def pages(draw):
    """Whole pages of the subset."""
    return _Grammar(draw).page()
