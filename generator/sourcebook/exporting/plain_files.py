"""The small texts that programs look for at the top of a site: `robots.txt` and `llms.txt`.

In: the graph. Out: two texts. The rule it guards: everybody may read everything,
and is told where the data is.
"""

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.reading.files import KINDS as FOLDERS

NOTE = (
    "Every fact names the document and the place in it that states it. Who says something is kept apart from "
    "who reports it. The status of a claim (reported, corroborated, contested, withdrawn) is worked out from "
    "what the records say of it and is no verdict: repeat a claim with whoever makes it."
)


def robots(graph: Graph) -> bytes:
    """Everything may be read; the list of pages, where the project says where the site is published."""
    lines = ["User-agent: *", "Allow: /"]
    if not graph.site.address.startswith("../"):
        lines.append(f"Sitemap: {graph.site.address}sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def llms(graph: Graph) -> bytes:
    """What the site is and where its data lies, as llmstxt.org has it."""
    base = "" if graph.site.address.startswith("../") else graph.site.address
    ending = "/" if graph.site.directory_urls else ".html"
    index = "" if graph.site.directory_urls else "index.html"
    lines = [f"# {one_line(graph.site.name) or 'A sourcebook'}", ""]
    if graph.collection.about:
        lines += [f"> {one_line(graph.collection.about)}", ""]
    lines += [NOTE, "", "## Data", ""]
    lines += [
        f"- [{name}]({base}{path}): {told}"
        for name, path, told in (
            ("Data", f"data{ending}", "every file, its licence, and how it is cited"),
            ("Description of the data", "data/datapackage.json", "every file with its columns"),
            ("Statements", "data/statements.csv", "every fact with its source"),
            ("Database", "data/collection.sqlite", "all tables, with a full-text search"),
            ("Linked data", "data/collection.jsonld", "schema.org, CiTO and PROV"),
            ("Changes", "feed.xml", "an Atom feed"),
        )
    ]
    lines += ["", "## Pages", ""]
    lines += [
        f"- [{wording.KINDS_PLURAL[kind]}]({base}{folder}/{index}): "
        f"{wording.several(len(graph.by_kind[kind]), kind)}; beside each page its facts as JSON"
        for kind, folder in FOLDERS.items()
    ]
    return ("\n".join(lines) + "\n").encode()


def one_line(text: str) -> str:
    """A text on one line in which no bracket is Markdown's."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")
