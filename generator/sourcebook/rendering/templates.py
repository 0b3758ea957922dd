"""From a page to its Markdown file.

In: a page of plain values. Out: the text of a Markdown file, front matter included. The rule it guards:
each template gets one variable, `page`; what it prints is inert unless it is a part with a form of its own.
"""

import hashlib
import html
import json
import re
import traceback
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from sourcebook.markdown.inert import attribute
from sourcebook.pages.all_pages import AnyPage, ViewPage
from sourcebook.pages.fragments import Fragment
from sourcebook.pages.index import IndexPage
from sourcebook.rendering.bars import bar
from sourcebook.rendering.cite_page import cite_page
from sourcebook.rendering.compiled import Compiled
from sourcebook.rendering.data_links import data_link, record_data_links
from sourcebook.rendering.drawn import drawn
from sourcebook.rendering.written import facet_marks, indented, joined, listed, spoken, written

PACKAGE = Path(__file__).parent.parent
ORIGINALS = next(
    folder
    for folder in (PACKAGE / "site_templates", PACKAGE.parents[1] / "site_templates")
    if folder.is_dir()
)
"""The built-in templates: in a wheel inside the package, in an editable install at the repository's root."""


as_json = json.JSONEncoder(ensure_ascii=False).encode
BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


class Renderer(Protocol):
    """Whatever turns a page into the text of its Markdown file."""

    def __call__(self, page: AnyPage) -> str:
        """The text of the page's Markdown file."""
        ...


class BrokenTemplateError(Exception):
    """A template of the project's own that does not work: its name, the line (0 if unknown), and why."""

    def __init__(self, template: str, line: int, reason: str) -> None:
        super().__init__(f"{template}:{line}: {reason}")
        self.template = template
        self.line = line
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        """What is sent from a worker: an exception of several arguments says them itself."""
        return BrokenTemplateError, (self.template, self.line, self.reason)


def make_renderer(overrides: Path | None = None, *, directory_urls: bool = True) -> Renderer:
    """A renderer whose templates come from the folder of overrides, else from the built-in ones.

    An override reaches the original of its name as `sourcebook/<name>` and extends it block by block.
    `directory_urls` is how the engine makes addresses, which drawings have to know.
    """
    return TemplateRenderer(overrides, directory_urls, texts_digest(overrides))


@dataclass(frozen=True)
class TemplateRenderer:
    """A renderer that can be sent to another process or machine: a page in, its Markdown out, nothing kept.

    `digest` is of the overrides' texts, so that a worker that lives on compiles them anew when they change.
    """

    overrides: Path | None
    directory_urls: bool
    digest: str

    def __call__(self, page: AnyPage) -> str:
        """The text of the page's Markdown file; raises BrokenTemplateError."""
        name = template_of(page)
        try:
            return tidy(self.environment.get_template(name).render(page=page))
        except (TemplateError, TypeError) as error:
            raise broken(name, error) from error

    def __reduce__(self) -> tuple[object, ...]:
        """What is sent: compiled templates stay where they are."""
        return sent_renderer, (self.overrides, self.directory_urls, self.digest)

    def load_all(self) -> None:
        """Compile every template that can be compiled: from now on a change of their files is not seen."""
        for name in self.environment.list_templates():
            with suppress(TemplateError):
                self.environment.get_template(name)

    @cached_property
    def environment(self) -> Environment:
        """The templates, compiled as they are asked for."""
        return make_environment(self.overrides, directory_urls=self.directory_urls)


@cache
def sent_renderer(overrides: Path | None, directory_urls: bool, digest: str) -> TemplateRenderer:
    """The renderer where it arrives: one for all pages that are sent with it."""
    return TemplateRenderer(overrides, directory_urls, digest)


def texts_digest(overrides: Path | None) -> str:
    """The SHA-256 of the project's own templates, by path."""
    total = hashlib.sha256()
    for path in sorted(overrides.rglob("*")) if overrides and overrides.is_dir() else ():
        if path.is_file():
            total.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def template_of(page: AnyPage) -> str:
    """The name of the template that prints a page: that of its kind, its view or its fragment."""
    if isinstance(page, IndexPage):
        return "index.md"
    if isinstance(page, Fragment):
        return f"{page.name}.md"
    return f"{page.view.name}.md" if isinstance(page, ViewPage) else f"{page.head.kind}.md"


class OwnTemplates(FileSystemLoader):
    """The project's own templates: one that is no UTF-8 text is broken, at the line where it is none."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, as Jinja's own loader gives it; raises TemplateSyntaxError."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            message = f"the byte 0x{error.object[error.start]:02X} is not UTF-8 text; save the file as UTF-8"
            raise TemplateSyntaxError(message, line, template) from None


class Printing(CodeGenerator):
    """Templates as code that prints whatever `written` gives as it is: a second escaping finds nothing."""

    def _output_child_pre(self, *_found: object, **_more: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_found: object, **_more: object) -> None:
        self.write(")")


class PageTemplates(Environment):
    """The templates of pages, with one set of globals: Jinja goes through a chain of sets for each page."""

    code_generator_class = Printing

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: its own ones before all others."""
        return {**self.globals, **(d or {})}


def make_environment(overrides: Path | None = None, *, directory_urls: bool = True) -> Environment:
    """The Jinja environment of the site's templates."""
    originals = FileSystemLoader(ORIGINALS)
    folders = [OwnTemplates(overrides)] if overrides and overrides.is_dir() else []
    environment = PageTemplates(
        loader=ChoiceLoader([*folders, originals, PrefixLoader({"sourcebook": originals})]),
        # The escaping that counts is `written`'s; this keeps what macros and blocks return from a second one.
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        finalize=written,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Compiled(ORIGINALS),
    )
    environment.filters["attribute"] = attribute_value
    environment.filters["bar"] = bar
    environment.filters["drawn"] = drawn(directory_urls=directory_urls)
    environment.filters["data_link"] = data_link
    environment.filters["data_links"] = record_data_links
    environment.filters["facet_marks"] = facet_marks
    environment.filters["cite_page"] = cite_page
    environment.filters["front_matter"] = front_matter
    environment.filters["heading_id"] = heading_id
    environment.filters["indented"] = indented
    environment.filters["joined"] = joined
    environment.filters["listed"] = listed
    environment.filters["spoken"] = spoken
    return environment


def front_matter(title: str, description: str, boost: float = 1) -> Markup:
    """The front matter of a page: only these keys, each a JSON string, which YAML reads as it is.

    Themes print both as they are, in attributes too, so they are escaped for HTML here.
    """
    lines = [f"title: {quoted(title)}", f"description: {quoted(description)}"]
    if boost != 1:
        lines += ["search:", f"  boost: {boost}"]
    return Markup("\n".join(["---", *lines, "---"]))


def attribute_value(value: object) -> Markup:
    """A value as that of an attribute in HTML."""
    return Markup(attribute(str(value)))


def heading_id(name: str) -> Markup:
    """The mark behind a heading that gives it an id of its own; `{#` itself begins a comment in Jinja."""
    return Markup(f"{{#{attribute(name)}}}")


def quoted(text: str) -> str:
    """A text as a JSON string, its HTML escaped and its lines folded."""
    return as_json(html.escape(" ".join(text.split())))


def tidy(text: str) -> str:
    """A Markdown file with single blank lines between its blocks and one line end at its end."""
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"


def broken(name: str, error: Exception) -> BrokenTemplateError:
    """What is wrong with a template; an error at run time names the innermost template line it passed."""
    if isinstance(error, TemplateSyntaxError):
        return BrokenTemplateError(error.name or name, error.lineno, error.message or "")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [(Path(f.filename).name, f.lineno or 0) for f in frames if f.filename.endswith(".md")]
    template, line = lines[-1] if lines else (name, 0)
    return BrokenTemplateError(template, line, str(error))
