"""The theme's page around an article, rendered once for each shape and then only filled in.

In: the theme's templates and what varies from page to page. Out: whole pages. The rule it guards: a shape is
used only after a trial: values that would show every kind of escaping, filled in, must give what the theme
itself writes with them, byte for byte. Else the page goes the ordinary way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, NamedTuple

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from sourcebook.mkdocs_plugin.shells import Shells
from sourcebook.pages.head_data import HeadData
from sourcebook.rendering.head import head_html
from sourcebook.site.policy import with_policy

TEMPLATE = "main.html"
MOST_CONTENTS = 5000
"""How many forms of tables of contents are kept: most pages share one with others."""


@dataclass(frozen=True)
class Article:
    """What varies from page to page: `folder` and `name` make its address; texts are HTML."""

    folder: str
    name: str
    title: str
    description: str
    content: str
    toc: TableOfContents
    edit_url: str | None
    head: HeadData


class Shape(NamedTuple):
    """What decides how the theme's page goes: pages of one shape differ in what is filled in only."""

    folder: str
    is_titled: bool
    is_described: bool
    begins_itself: bool
    is_editable: bool
    has_contents: bool


@dataclass(frozen=True)
class Shell:
    """A page of one shape in pieces, the slots between them, and the head that the theme has written."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    head: str = ""

    def filled(self, values: Mapping[str, str]) -> str:
        """The page, with a value in each slot."""
        woven = [""] * (2 * len(self.slots) + 1)
        woven[::2] = self.pieces
        woven[1::2] = [values[slot] for slot in self.slots]
        return "".join(woven)


def taken_apart(output: str, head: str = "") -> Shell:
    """What a template has written, taken apart at the marks in it."""
    pieces = SLOT.split(output)
    return Shell(tuple(pieces[::2]), tuple(pieces[1::2]), head)


MARKS = {
    name: f"sbslot{name}sbslot" for name in ("name", "title", "description", "edit", "first", "toc", "head")
}
CONTENT = "sbslotcontentsbslot"
SLOT = re.compile("(?:<h1 )?sbslot([a-z]+[0-9]*)sbslot")
PLAIN_TITLE = re.compile("[^<>&\"'\\s]+(?: [^<>&\"'\\s]+)*")
"""A title that the theme prints as it is wherever it prints it."""
TRIAL = Article(
    folder="",
    name="trial-of-2",
    title="A &lt;b&gt;trial&lt;/b&gt; &amp; &quot;more&quot; – it&#x27;s",
    description="Of &amp;amp; and &lt;i&gt;",
    content='<h1 id="t">T &#42;</h1>\n<p>&amp; <em>x</em></p>',
    toc=TableOfContents([AnchorLink("A &amp; B", "first-of-2", 1)]),
    edit_url="https://example.org/edit/a%20b?c=d&e#f",
    head=HeadData("Trial & co", "Of <i>", "Site", "https://example.org/x", "article", {"a": "</script>"}),
)


class Splicer:
    """Pages of one build: the theme's templates, the navigation, and the shells made so far."""

    def __init__(self, env: Any, nav: Navigation, config: MkDocsConfig, shells: Shells | None) -> None:
        self.env, self.nav, self.config, self.policies = env, nav, config, shells
        self.language = env.get_template("partials/language.html").make_module({"config": config})
        self.shells: dict[Shape, Shell | None] = {}
        self.contents: dict[tuple[Any, ...], Shell | None] = {}

    def page(self, article: Article) -> str | None:
        """The whole page; None where its shape is one that the trial has refused."""
        shell = self.shell(shape_of(article))
        return self.filled(shell, article) if shell else None

    def shell(self, shape: Shape) -> Shell | None:
        """The theme's page of a shape; None where the trial has refused it."""
        if shape not in self.shells:
            self.shells[shape] = self.tried(shape)
        return self.shells[shape]

    def filled(self, shell: Shell, article: Article) -> str:
        """A shell with an article in it."""
        items = article.toc.items
        values = {
            "name": article.name,
            "title": article.title,
            "description": article.description,
            "content": article.content,
            "edit": article.edit_url or "",
            "first": items[0].id if items else "",
            "toc": self.contents_html(article),
            "head": head_html(article.head, shell.head),
        }
        return shell.filled(values)

    def contents_html(self, article: Article) -> str:
        """The table of contents as the theme writes it, by the way in which its headings are nested."""
        items = article.toc.items
        shown = [*in_order(items[0].children if items and items[0].level == 1 else items)]
        if not all(PLAIN_TITLE.fullmatch(item.title) for item in shown):
            return self.themed_contents(self.context(article))
        key = tuple(map(nesting, items))
        if key not in self.contents:
            if len(self.contents) >= MOST_CONTENTS:
                self.contents.clear()
            self.contents[key] = self.tried_contents(article)
        shell = self.contents[key]
        return shell.filled(contents_values(items)) if shell else self.themed_contents(self.context(article))

    def tried_contents(self, article: Article) -> Shell | None:
        """The form of a table of contents, if what it gives is what the theme itself writes."""
        items = article.toc.items
        marked = replace(article, toc=TableOfContents(marked_contents(items)))
        shell = taken_apart(self.themed_contents(self.context(marked)))
        as_ever = self.themed_contents(self.context(article))
        return shell if shell.filled(contents_values(items)) == as_ever else None

    def themed_contents(self, context: Any) -> str:
        """The theme's partial for the table of contents."""
        template = self.env.get_template("partials/toc.html")
        return str(template.render({**context, "lang": self.language}))

    def tried(self, shape: Shape) -> Shell | None:
        """The shell of a shape, if it passes the trial."""
        trial = replace(
            TRIAL,
            folder=shape.folder,
            title=TRIAL.title if shape.is_titled else "",
            description=TRIAL.description if shape.is_described else "",
            content=TRIAL.content if shape.begins_itself else "<p>&amp;</p>",
            edit_url=TRIAL.edit_url if shape.is_editable else None,
            toc=TRIAL.toc if shape.has_contents else TableOfContents([]),
        )
        shell = self.made(shape)
        return shell if shell and self.filled(shell, trial) == self.themed(trial) else None

    def made(self, shape: Shape) -> Shell | None:
        """The theme's page with marks in it, taken apart at these; None where a mark has no place."""
        marked = Article(
            folder=shape.folder,
            name=MARKS["name"],
            title=MARKS["title"] if shape.is_titled else "",
            description=MARKS["description"] if shape.is_described else "",
            content=f"<h1 {CONTENT}" if shape.begins_itself else CONTENT,
            toc=TableOfContents([AnchorLink("", MARKS["first"], 1)] if shape.has_contents else []),
            edit_url=MARKS["edit"] if shape.is_editable else None,
            head=TRIAL.head,
        )
        context = self.context(marked)
        output = str(self.env.get_template(TEMPLATE).render(context))
        contents = self.themed_contents(context)
        end = output.find("</head>")
        if output.count(contents) != 1 or end < 0:
            return None
        head = output[:end]
        output = self.governed(f"{head}{MARKS['head']}{output[end:]}", shape.folder)
        return taken_apart(output.replace(contents, MARKS["toc"]), head)

    def themed(self, article: Article) -> str:
        """The page as the theme itself writes it."""
        output = str(self.env.get_template(TEMPLATE).render(self.context(article)))
        end = output.find("</head>")
        output = output[:end] + head_html(article.head, output[:end]) + output[end:]
        return self.governed(output, article.folder)

    def governed(self, output: str, folder: str) -> str:
        """A page with its policy, if it is to have one."""
        if self.policies is None:
            return output
        base = get_relative_url(".", self.file(folder, "any").url)
        return with_policy(output, self.policies.policy(TEMPLATE, base))

    def context(self, article: Article) -> Any:
        """What the theme's templates get of a page."""
        page = Page(None, self.file(article.folder, article.name), self.config)
        page.meta = {"title": article.title, "description": article.description}
        page.markdown, page.content, page.toc = "", article.content, article.toc
        page.edit_url = article.edit_url
        page.active = True
        return get_context(self.nav, [], self.config, page)

    def file(self, folder: str, name: str) -> File:
        """A file at an address."""
        return File.generated(self.config, f"{folder}/{name}.md" if folder else f"{name}.md", content="")


def shape_of(article: Article) -> Shape:
    """The shape of an article's page."""
    return Shape(
        folder=article.folder,
        is_titled=bool(article.title),
        is_described=bool(article.description),
        begins_itself="<h1" in article.content,
        is_editable=article.edit_url is not None,
        has_contents=bool(article.toc.items),
    )


def nesting(item: AnchorLink) -> tuple[Any, ...]:
    """The level of a heading, and the same of those below it."""
    return (item.level, *map(nesting, item.children))


def in_order(items: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    """Headings as they stand on the page, those below each after it."""
    for item in items:
        yield item
        yield from in_order(item.children)


def contents_values(items: Sequence[AnchorLink]) -> dict[str, str]:
    """What stands in the slots of a table of contents: the id and the title of each heading by its number."""
    values: dict[str, str] = {}
    for number, item in enumerate(in_order(items)):
        values[f"id{number}"], values[f"title{number}"] = item.id, item.title
    return values


def marked_contents(items: Sequence[AnchorLink]) -> list[AnchorLink]:
    """The same headings with marks instead of ids and titles."""
    numbers = count()

    def marked(item: AnchorLink) -> AnchorLink:
        number = next(numbers)
        copy = AnchorLink(f"sbslottitle{number}sbslot", f"sbslotid{number}sbslot", item.level)
        copy.children = [marked(child) for child in item.children]
        return copy

    return [marked(item) for item in items]
