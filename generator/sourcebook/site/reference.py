"""The reference parts of the docs, written from the code.

In: a folder of docs. Out: its pages, with Markdown made from the code between the markers that ask for it.
The rule it guards: what the docs list is what the program takes, word for word.
`python -m sourcebook.site.reference docs/` rewrites the pages.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from sourcebook.dates.edtf import parse_date
from sourcebook.dates.words import in_words
from sourcebook.diagnostics.reports import codes_markdown
from sourcebook.site.data_reference import columns_markdown
from sourcebook.site.format_reference import fields_markdown, lists_markdown, options_markdown
from sourcebook.site.page_reference import pages_markdown, templates_markdown
from sourcebook.site.reference_tables import table

MARKED = re.compile(r"(<!-- generated: (?P<part>[a-z]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)

DATE_FORMS = (
    "2031-04-12",
    "2031-04-12T09:30",
    "2031-04-12T09:30Z",
    "2031-04",
    "2031",
    "2031-04-10/2031-04-12",
    "2031-03/2031-04",
    "[2031-04-10..2031-04-12]",
    "[..2031-04-12]",
    "[2031-04-10..]",
    "[2031-04-10,2031-04-12]",
    "2031~",
    "2031?",
    "2031%",
    "/2031",
    "../2031",
    "2031/",
    "2031/..",
    "2031-21",
    "203X",
    "2031-04-XX",
)
"""A date of every form that editors need, for the table of their words."""


def dates_markdown() -> str:
    """A date of every form with the words that a page prints."""
    rows = ((f"`{form}`", in_words(parse_date(form))) for form in DATE_FORMS)
    return table(("In YAML", "On the page"), rows)


PARTS: dict[str, Callable[[], str]] = {
    "codes": codes_markdown,
    "columns": columns_markdown,
    "dates": dates_markdown,
    "fields": fields_markdown,
    "lists": lists_markdown,
    "options": options_markdown,
    "pages": pages_markdown,
    "templates": templates_markdown,
}
"""What may stand between markers, by the word in the first one."""


def with_generated(text: str) -> str:
    """A page of the docs with everything between its markers as the code has it now."""
    return MARKED.sub(lambda found: f"{found[1]}\n{PARTS[found['part']]()}\n{found[3]}", text)


def rewrite(docs: Path) -> tuple[Path, ...]:
    """Bring the generated parts of a folder's pages up to date; gives the pages that changed."""
    changed = []
    for path in sorted(docs.rglob("*.md")):
        old = path.read_text(encoding="utf-8")
        if (new := with_generated(old)) != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed.append(path)
    return tuple(changed)


if __name__ == "__main__":
    for page in rewrite(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        sys.stdout.write(f"{page}: rewritten\n")
