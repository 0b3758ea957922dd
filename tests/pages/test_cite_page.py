"""How a page is cited."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pier_project import graph_of, write_project
from sourcebook.graph.graph import Site
from sourcebook.pages.cite_page import bibtex, csl_json, page_citation, plain
from sourcebook.pages.composer import record_path
from sourcebook.pages.identity import PageIdentity, identity, page_address


def cited(graph, key):
    """The citation of a record's page."""
    return page_citation(identity(graph, graph.record(key), record_path(graph.kind(key), key)))


def test_a_page_is_cited_in_three_forms(tmp_path):
    """Sentence, BibTeX and CSL-JSON tell title, site, date and address; markup of TeX is escaped."""
    citation = cited(graph_of(write_project(tmp_path)), "pier-was-rotten")
    assert citation.plain == (
        "“The planks were “rotten” & </script> soft.” The pier of Orrin Bay, "
        "kept up to 12 April 2031. https://example.org/bay/claims/pier-was-rotten/"
    )
    assert citation.bibtex == (
        "@misc{pier-was-rotten,\n"
        "  title = {{The planks were “rotten” \\& </script> soft.}},\n"
        "  howpublished = {The pier of Orrin Bay},\n"
        "  year = {2031},\n"
        "  date = {2031-04-12},\n"
        "  note = {Kept up to 12 April 2031},\n"
        "  url = {https://example.org/bay/claims/pier-was-rotten/},\n"
        "  langid = {en},\n"
        "}"
    )
    assert json.loads(citation.csl_json) == [
        {
            "id": "pier-was-rotten",
            "type": "webpage",
            "title": "The planks were “rotten” & </script> soft.",
            "container-title": "The pier of Orrin Bay",
            "issued": {"date-parts": [[2031, 4, 12]]},
            "URL": "https://example.org/bay/claims/pier-was-rotten/",
            "language": "en",
        }
    ]


def test_without_an_address_none_is_told(tmp_path):
    """A site that does not say where it is published is cited without an address."""
    citation = cited(graph_of(write_project(tmp_path, published=False)), "closure")
    assert citation.plain == "“Closure of the pier.” The pier of Orrin Bay, kept up to 12 April 2031."
    assert "url" not in citation.bibtex and "URL" not in citation.csl_json


def test_the_last_change_dates_a_page_of_a_collection_without_a_day(tmp_path):
    """Where the collection names no day, the last change of the record does."""
    write_project(tmp_path)
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("      as_of: 2031-04-12\n", ""))
    graph = graph_of(tmp_path)
    assert "last changed 11 April 2031" in cited(graph, "pier-was-rotten").plain
    assert cited(graph, "closure").plain.endswith(
        "The pier of Orrin Bay. https://example.org/bay/events/closure/"
    )


def test_addresses_have_the_form_of_the_site():
    """With and without folders for addresses, an index is at its folder's place."""
    folders, files = Site("", "https://x.example/", True), Site("", "https://x.example/", False)
    for path, with_folders, with_files in (
        ("claims/a.md", "claims/a/", "claims/a.html"),
        ("claims/index.md", "claims/", "claims/index.html"),
        ("index.md", "", "index.html"),
    ):
        assert page_address(folders, path) == f"https://x.example/{with_folders}"
        assert page_address(files, path) == f"https://x.example/{with_files}"


@given(st.text(), st.text())
def test_no_title_is_markup(title, site):
    """Whatever a title holds, BibTeX has balanced braces and escaped marks, CSL-JSON the title itself."""
    page = PageIdentity("a", title, site, "", "en", "", ())
    entry = bibtex(page)
    bare = re.sub(
        r"\\(?:textbackslash\{\}|textbraceleft\{\}|textbraceright\{\}|textasciitilde\{\}|textasciicircum\{\}|[{}$&#_%])",
        "",
        entry,
    )
    depth = [bare[: end + 1].count("{") - bare[: end + 1].count("}") for end in range(len(bare))]
    assert depth[-1] == 0 and all(found > 0 for found in depth[6:-1])
    assert not set("\\$&#_%~^") & set(bare)
    assert json.loads(csl_json(page))[0].get("title", "") == title
    assert title in plain(page)
