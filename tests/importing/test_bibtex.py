"""Bibliographies in BibTeX, in the shapes of Zotero, JabRef, biblatex and our own export."""

import json
import sys

import pytest
from click.testing import CliRunner

from sourcebook.cli import main
from sourcebook.importing.bibtex import names_in, plain, read_bibtex, to_text

LIBRARY = r"""
@string{tide = "Tidewater"}
@comment{jabref-meta: databaseType:biblatex;}

@book{wren_harbours_2031,
  author    = {Wren, Ada and {Institute of Tides and Winds} and van den Berg, Ida and others},
  title     = {Harbours of the {North} \& the \"{O}st: 5\% more},
  publisher = tide # { Press},
  address   = {Saltmere},
  year      = 2031,
  month     = apr,
  isbn      = {978-0-00-000000-0},
  langid    = {english},
  keywords  = {Ports, Low Tide},
  abstract  = {Words of the book.},
}

@online{courier,
  title = {The pier is closed},
  date = {2031-04-12},
  urldate = {2031-05},
  url = {https://example.org/pier\_closed?a=1%20b},
  organization = {Bay Courier},
}
"""


@pytest.fixture
def run_export():
    """Write the data of a project, and give their folder."""

    def run(project):
        out = project.parent / "exported"
        result = CliRunner().invoke(main, ["export", "-f", str(project / "mkdocs.yml"), "--out", str(out)])
        assert result.exit_code == 0, result.output
        return out

    return run


def read(text):
    """The items of a text in BibTeX."""
    return read_bibtex(text.encode(), "library.bib")[0]


def test_entries_become_sources(bring, facts, check):
    """Names, dates, identifiers and keywords have their places; what has none is told by its own name."""
    result = bring("library.bib", files={"library.bib": LIBRARY})
    assert result.exit_code == 0, result.output
    found = facts()
    assert found["seeds/wren-harbours-2031.yml"] == (
        'title: "Harbours of the North & the Öst: 5% more"\n'
        "type: book\n"
        "author: [Ada Wren, Institute of Tides and Winds, Ida van den Berg]\n"
        "publisher: Tidewater Press\n"
        "issued: 2031-04\n"
        "language: en\n"
        "tags: [ports, low-tide]\n"
        "identifiers: {isbn: 978-0-00-000000-0}\n"
    )
    assert found["seeds/courier.yml"] == (
        "title: The pier is closed\n"
        "type: webpage\n"
        "publisher: Bay Courier\n"
        "issued: 2031-04-12\n"
        "accessed: 2031-05\n"
        "url: https://example.org/pier_closed?a=1%20b\n"
    )
    assert result.stderr.splitlines() == [
        "library.bib: 2 items, 2 taken, 0 left out",
        "2 sources written; 0 there already just so",
        "no place: field 'abstract' (1)",
        "no place: field 'address' (1)",
    ]
    assert check() == ""


def test_the_same_again_changes_nothing(bring, facts):
    """A file that was imported is there just so the second time."""
    bring("library.bib", files={"library.bib": LIBRARY})
    before = facts()
    assert "nothing new; 2 there already just so" in bring("library.bib").stderr
    assert facts() == before


BROKEN = """\
@book{one, title = {One}}
@book{two, title = {Two},
@book{three, title = {Three}}
@book{four, title = nowhere}
@book{five, title = {Five}, TITLE = {Another}}
@book{six, author = {Nobody}}
@book{one, title = {Again}}
@book{seven, title = {Seven
"""


def test_a_broken_entry_is_named_and_costs_no_other(bring, facts):
    """Each entry with a fault is told with its line; the others are taken."""
    result = bring("library.bib", files={"library.bib": BROKEN})
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if "error" in line] == [
        "library.bib:2:1: error: item 2: this cannot be read: in line 3: '=' expected [bad-row]",
        "library.bib:4:1: error: item 4: this cannot be read: undefined string in line 4: nowhere [bad-row]",
        "library.bib:5:1: error: item 5: this has the field 'TITLE' twice [bad-row]",
        "library.bib:6:1: error: item 6: this has no title [bad-row]",
        "library.bib:7:1: error: item 7: the id 'one' is already that of a source of item 1 [duplicate-id]",
        "library.bib:8:1: error: item 8: this cannot be read: in line 8: premature end of file [bad-row]",
    ]
    assert {"seeds/one.yml", "seeds/three.yml"} <= set(facts())


@pytest.mark.parametrize("text", ["", "no entry at all", "%@book{x}", "@", "\ufeff"])
def test_a_file_without_entries(bring, facts, text):
    """What is no bibliography is told, and nothing is written."""
    before = facts()
    result = bring("library.bib", files={"library.bib": text})
    assert result.exit_code == 1 and facts() == before
    assert "hint: " in result.stdout


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("year = 2031", {"date-parts": [[2031]]}),
        ("year = {2031}, month = {April}", {"date-parts": [[2031, 4]]}),
        ('year = 2031, month = "12~" # apr', {"date-parts": [[2031, 4, 12]]}),
        ('year = 2031, month = apr # " 12"', {"date-parts": [[2031, 4, 12]]}),
        ("year = 2031, month = 4, day = 12", {"date-parts": [[2031, 4, 12]]}),
        ("year = 2031, month = {spring}", {"date-parts": [[2031]]}),
        ("year = {in press}", {"literal": "in press"}),
        ("date = {2031-04/2031-05}, year = 2031", {"raw": "2031-04/2031-05"}),
    ],
)
def test_dates(entry, expected):
    """Dates stay as imprecise as they are."""
    assert read(f"@misc{{x, title = {{T}}, {entry}}}")[0]["issued"] == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", "", "article-journal"),
        ("Article", "entrysubtype = {newspaper}", "article-newspaper"),
        ("misc", "entrysubtype = {speech}", "speech"),
        ("misc", "", "document"),
        ("techreport", "type = {Working paper}", "report"),
        ("grimoire", "", "grimoire"),
    ],
)
def test_types(kind, fields, expected):
    """An entry's type is one of CSL; one that nobody knows is told."""
    item = read(f"@{kind}{{x, title = {{T}}, {fields}}}")[0]
    assert item["type"] == expected
    assert ("type (BibTeX)" in item) == fields.startswith("type")


def test_addresses():
    """A web address stands in a field of its own, or in `howpublished`; other words there are a container."""
    marked, words = read(
        r"@misc{a, title = {T}, howpublished = {\url{https://example.org/a\_b}}}"
        "\n@misc{b, title = {T}, howpublished = {The Site}}"
    )
    assert (marked["URL"], marked.get("container-title")) == ("https://example.org/a_b", None)
    assert (words.get("URL"), words["container-title"]) == (None, "The Site")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"{\'E}mile \v{S}\o", "Émile Šø"),
        (r"100% sure, 5\% off", "100% sure, 5% off"),
        ("``one'' -- two~three", "“one” – two three"),
        (r"\textbackslash{}\textbraceleft{}\textbraceright{}\textasciicircum{}\textasciitilde{}", r"\{}^~"),
        (r"an \unheardof{word}", r"an \unheardofword"),
        ("$x^2$ of { it", "$x^2$ of it"),
        ("Հայաստան 漢字", "Հայաստան 漢字"),
    ],
)
def test_texts(text, expected):
    """TeX becomes plain text; a command that is not known stays, so that nothing is dropped in silence."""
    assert plain(text) == expected


def test_names():
    """A name in braces is one name; parts stand in the order in which they are said."""
    assert names_in("Wren, Jr, Ada and {A and B, Ltd} and Ida van den Berg and a, b, c, d and others") == [
        "Ada Wren Jr",
        "A and B, Ltd",
        "Ida van den Berg",
        "a, b, c, d",
    ]


SOURCES = r"""
- id: dispatch
  title: 'The {odd} \ 100% "title" -- & ~ ^ $5 #1_2'
  type: article-newspaper
  author: [{actor: mayor}, 'Smith and Sons, Ltd']
  publisher: {actor: mayor}
  container_title: The Daily
  issued: '[2031-03-04..2031-03-06]'
  accessed: 2031-04-01
  url: https://example.org/a_b%20c
  language: hy
  tags: [port, pier]
- {id: talk, title: A talk, type: speech, issued: 2031~, publisher: Harbour Office}
- {id: page, title: A page, type: webpage, container_title: A site}
- {id: study, title: A study, type: report, issued: 2031-03, publisher: Tide and Sons}
"""


@pytest.mark.parametrize("name", ["sources.bib", "sources.csl.json"])
def test_what_we_write_is_there_just_so(bring, facts, project, run_export, name):
    """The collection's own bibliography, imported, changes nothing and differs in nothing."""
    (project / "seeds/more.yml").write_text(SOURCES)
    before = facts()
    (project / name).write_bytes((run_export(project) / "data" / name).read_bytes())
    result = bring(name)
    assert result.exit_code == 0, result.output
    assert "nothing new; 5 there already just so" in result.stderr and facts() == before


def test_what_we_write_comes_back(bring, facts, project, run_export):
    """In a collection that has none of it, it brings the fields that BibTeX has."""
    (project / "seeds/more.yml").write_text(SOURCES)
    (project / "sources.bib").write_bytes((run_export(project) / "data/sources.bib").read_bytes())
    (project / "seeds/more.yml").unlink()
    result = bring("sources.bib")
    assert result.exit_code == 0, result.output
    found = facts()
    assert "title: 'The {odd} \\ 100% \"title\" -- & ~ ^ $5 #1_2'" in found["seeds/dispatch.yml"]
    assert "type: article-newspaper" in found["seeds/dispatch.yml"]
    assert "Smith and Sons, Ltd" in found["seeds/dispatch.yml"]
    assert "url: https://example.org/a_b%20c" in found["seeds/dispatch.yml"]
    assert "publisher: Tide and Sons" in found["seeds/study.yml"]
    assert "type: speech" in found["seeds/talk.yml"] and "type: webpage" in found["seeds/page.yml"]


def test_update_takes_what_differs(bring, facts):
    """With `--update` a changed title is taken over, and nothing else changes."""
    bring("library.bib", files={"library.bib": LIBRARY})
    changed = LIBRARY.replace("The pier is closed", "The pier was closed")
    result = bring("library.bib", files={"library.bib": changed})
    assert "[record-differs]" in result.stdout and "is closed" in facts()["seeds/courier.yml"]
    bring("library.bib", "--update")
    assert "title: The pier was closed" in facts()["seeds/courier.yml"]


def test_for_programs(bring):
    """`--format json` is one document."""
    found = json.loads(bring("library.bib", "--format", "json", files={"library.bib": LIBRARY}).stdout)
    assert found["rows"] == 2


@pytest.mark.parametrize("module", ["pybtex.database.input.bibtex", "pylatexenc.latex2text"])
def test_without_the_extra(bring, facts, monkeypatch, module):
    """Where what reads BibTeX is not installed, the command says what to install."""
    to_text.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    before = facts()
    result = bring("library.bib", files={"library.bib": LIBRARY})
    assert result.exit_code == 2 and facts() == before
    assert "pip install 'sourcebook[documents]'" in result.stderr
