"""The block in which a page is cited, as raw HTML.

In: a page's citation. Out: a `<details>` that opens without a script and whose texts can be selected.
The rule it guards: a title is text in it, whatever it holds.
"""

from functools import lru_cache

from markupsafe import Markup

from sourcebook.markdown.inert import KEPT, attribute
from sourcebook.pages.cite_page import PageCitation


def cite_page(citation: PageCitation, summary: str = "Cite this page") -> Markup:
    """The block with all forms of the citation; the search leaves it out."""
    forms = (("In words", citation.plain), ("BibTeX", citation.bibtex), ("CSL-JSON", citation.csl_json))
    return Markup(
        '<details class="sb-cite-page" data-search-exclude>\n<summary>'
        + attribute(summary)
        + "</summary>\n"
        + "\n".join(f'<p>{name}</p>\n<pre class="sb-copy">{preformatted(text)}</pre>' for name, text in forms)
        + "\n</details>"
    )


def preformatted(text: str) -> str:
    """A text for a `<pre>`: its lines and their indents stay."""
    return "\n".join(map(preformatted_line, text.split("\n")))


@lru_cache(maxsize=KEPT)
def preformatted_line(line: str) -> str:
    """A line of it; most of a citation's are those of every page's."""
    return " " * (len(line) - len(line.lstrip(" "))) + attribute(line)
