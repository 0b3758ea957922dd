"""The data on the site: published whole, announced in the pages, and nobody's file covered."""

import gzip
import html
import re
import sqlite3
import threading
from dataclasses import replace

import pytest

from harbour import checked_harbour
from small_project import generate, mkdocs_build, mkdocs_process, small_project
from sourcebook.exporting.export import Export, announced, paths
from sourcebook.mkdocs_plugin.served_data import with_data
from sourcebook.pages.data import data_page
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.spool import Spool

SITE_URL = "site_url: https://bay.example/facts/\n"


@pytest.fixture
def project(tmp_path):
    """The small project, published at an address, with a revision that its editors tell of."""
    project = small_project(tmp_path / "project")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(SITE_URL + re.sub("site_url:.*\n", "", config), encoding="utf-8")
    return project


def test_published_with_the_site(project, tmp_path):
    """A build has every data file, pages link theirs, and the page of the data tells sizes and rows."""
    site = tmp_path / "site"
    assert mkdocs_build(project, "--strict", site=site).exit_code == 0
    graph = check_project(read_settings(project / "mkdocs.yml")).graph
    assert [path for path in paths(graph) if not (site / path).is_file()] == []
    assert (
        site / "robots.txt"
    ).read_text() == "User-agent: *\nAllow: /\nSitemap: https://bay.example/facts/sitemap.xml\n"
    kind, key = next((kind, keys[0]) for kind, keys in graph.by_kind.items() if kind == "claim" and keys)
    page = (site / f"{kind}s/{key}/index.html").read_text(encoding="utf-8")
    assert f'<a href="../{key}.json">JSON</a>' in page
    assert 'type="application/json" title=' in page and f'href="../../claims/{key}.json"' in page
    assert 'type="application/atom+xml"' in page
    size = (site / "data/statements.csv").stat().st_size
    assert f"{size / 1000:.1f} kB" in html.unescape((site / "data/index.html").read_text(encoding="utf-8"))


def test_the_sitemap_does_not_know_today(project, tmp_path):
    """Builds that the environment puts on two days give the same sitemap, packed and not."""
    sites = [tmp_path / name for name in ("one", "other")]
    for site, moment in zip(sites, ("100000000", "1900000000"), strict=True):
        ran = mkdocs_process(project, "build", "--site-dir", str(site), SOURCE_DATE_EPOCH=moment)
        assert ran.exit_code == 0, ran.output
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        one, other = ((site / name).read_bytes() for site in sites)
        assert one == other
    text = (sites[0] / "sitemap.xml").read_text(encoding="utf-8")
    assert gzip.decompress((sites[0] / "sitemap.xml.gz").read_bytes()).decode() == text
    assert text.count("<loc>") > 10 and not {"1973-03-03", "2030-03-17"}.intersection(
        re.findall(r"[\d-]{10}", text)
    )


def test_own_robots_stay(project, tmp_path):
    """A robots.txt of the project's own is published as it is, through both doors."""
    (project / "docs/robots.txt").write_text("User-agent: *\nDisallow: /drafts/\n")
    assert mkdocs_build(project, site=tmp_path / "site").exit_code == 0
    assert "Disallow" in (tmp_path / "site/robots.txt").read_text()
    assert generate(project, tmp_path / "out").exit_code == 0
    assert "Disallow" in (tmp_path / "out/docs/robots.txt").read_text()


def test_a_file_in_the_way(project, tmp_path):
    """A hand-written file at the address of a data file is named, and nothing is built."""
    (project / "docs/data").mkdir()
    (project / "docs/data/claims.csv").write_text("mine")
    ran = mkdocs_build(project, site=tmp_path / "site")
    assert ran.exit_code == 1 and "docs/data/claims.csv" in ran.output and "[page-in-the-way]" in ran.output
    assert not (tmp_path / "site").exists()


def test_no_data(project, tmp_path):
    """With `data: false` there is no data, no feed, no page of the data, and no link to any of it."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        config.replace("- sourcebook:\n", "- sourcebook:\n      data: false\n"), encoding="utf-8"
    )
    # What the data does not take is anybody's.
    (project / "docs/feed.xml").write_text("mine")
    site, out = tmp_path / "site", tmp_path / "out"
    assert mkdocs_build(project, "--strict", site=site).exit_code == 0
    assert generate(project, out).exit_code == 0
    graph = check_project(read_settings(project / "mkdocs.yml")).graph
    for top in (site, out / "docs"):
        assert [path for path in paths(graph) if (top / path).exists()] == ["feed.xml"]
    assert not (site / "data").exists() and not (out / "docs/data.md").exists()
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    assert pages and not [page for page in pages if "sb-data" in page or 'rel="alternate"' in page]


def test_spool():
    """Files come out of a spool as they were put in, and in that order."""
    spool = Spool()
    for path, content in (("b", b"1\n2"), ("a", b""), ("c/d", b"\0")):
        spool.put(path, (content[:1], content[1:]))
    assert list(spool.items()) == [("b", b"1\n2"), ("a", b""), ("c/d", b"\0")]
    spool.put("b", (b"3",))
    assert spool["b"] == b"3" and spool["c/d"] == b"\0" and len(spool) == 3


def test_served_when_asked_for():
    """In `serve` a data file is made for whoever asks for it; all else goes to the server of the site."""
    graph, answers = checked_harbour().graph, []
    application = with_data(lambda environ, start: [b"the site"], "/strike/", lambda: graph, lambda: None)

    def get(path):
        return b"".join(
            application({"PATH_INFO": path}, lambda status, headers: answers.append(dict(headers)))
        )

    files = dict(Export(graph).files())
    assert get("/strike/claims/smoke-seen.json") == files["claims/smoke-seen.json"]
    assert get("/strike/data/statements.csv") == files["data/statements.csv"]
    assert get("/strike/feed.xml") == files["feed.xml"]
    assert get("/strike/data/claims.jsonl") == files["data/claims.jsonl"]
    assert get("/strike/data/collection.jsonld") == files["data/collection.jsonld"]
    assert get("/strike/data/collection.sqlite") == files["data/collection.sqlite"]
    assert get("/strike/data/datapackage.json") == files["data/datapackage.json"]
    assert get("/strike/robots.txt") == files["robots.txt"]
    assert get("/strike/actors/dockers-union.feed.json") == files["actors/dockers-union.feed.json"]
    assert answers[0]["Content-Type"] == "application/json" and answers[0]["Cache-Control"] == "no-store"
    for path in (
        "/strike/",
        "/strike/data/",
        "/strike/sitemap.xml",
        "/strike/search/search_index.json",
        "/strike/../x.json",
    ):
        assert get(path) == b"the site"


@pytest.mark.parametrize("name", ["collection.sqlite", "collection.jsonld", "events.geojson", "claims.jsonl"])
def test_an_edit_comes_before_a_file_that_is_being_made(name):
    """Whoever makes a file waits at its next record until an edit is taken in, then takes the new facts."""
    facts = [checked_harbour().graph]
    edited = replace(facts[0], site=replace(facts[0].site, name="The strike, edited"))
    begun, taken_in, order = threading.Event(), threading.Event(), []

    def give_way():
        begun.set()
        assert taken_in.wait(60)

    application = with_data(lambda *_: [b"the site"], "/", lambda: facts[0], give_way)

    def ask():
        order.append(b"".join(application({"PATH_INFO": f"/data/{name}"}, lambda *_: None)))

    reader = threading.Thread(target=ask)
    reader.start()
    assert begun.wait(60)
    facts[0] = edited
    order.append("edit")
    taken_in.set()
    reader.join(60)
    assert order == ["edit", dict(Export(edited).files())[f"data/{name}"]]


def test_an_edit_is_waited_for_at_every_record():
    """A file of many records is no one piece of work; the server's own pages are not waited for by it."""
    graph, looks = checked_harbour().graph, []
    application = with_data(lambda *_: [b"the site"], "/", lambda: graph, lambda: looks.append(1))
    for name in ("records.csv", "collection.sqlite", "collection.jsonld", "sources.bib", "claims.jsonl"):
        looks.clear()
        application({"PATH_INFO": f"/data/{name}"}, lambda *_: None)
        kinds = {"sources.bib": "source", "claims.jsonl": "claim"}
        expected = graph.by_kind[kinds[name]] if name in kinds else graph.entries
        assert len(looks) >= len(expected), name
    looks.clear()
    assert b"".join(application({"PATH_INFO": "/assets/names.json"}, lambda *_: None)) == b"the site"
    assert looks == []


def test_the_page_lists_what_is_made_when_asked_for():
    """In `serve` the page of the data lists every file that a build makes, in its order, without a size."""
    export = Export(checked_harbour().graph)
    made = dict(export.files())
    assert [(file.name, file.description) for file in announced()] == [
        (file.name, file.description) for file in export.told
    ]
    page = make_renderer()(data_page(replace(checked_harbour().graph, data=announced())))
    listed = re.findall(r"^\| \[[^]]+\]\((data/[^)]+)\)", page, re.MULTILINE)
    assert listed == [f"data/{file.name}" for file in export.told] and set(listed) < set(made)
    told = "\n\nTheir sizes and numbers of rows are told when the site is built."
    assert told in page and " kB" not in page
    built = make_renderer()(data_page(replace(checked_harbour().graph, data=tuple(export.told))))
    assert " kB" in built
    assert without_sizes(built) == without_sizes(page.replace(told, ""))


def without_sizes(page):
    """The page of the data with nothing in the last column of its table."""
    return re.sub(r"[^|\n]*\|$", "|", page, flags=re.MULTILINE)


def test_examples_of_the_page_work(tmp_path):
    """Every query that the page of the data shows runs on the database."""
    graph = checked_harbour().graph
    page = make_renderer()(data_page(graph))
    queries = re.findall(r'<pre class="sb-copy">(SELECT.*?)</pre>', page, re.DOTALL)
    (tmp_path / "collection.sqlite").write_bytes(dict(Export(graph).files())["data/collection.sqlite"])
    with sqlite3.connect(tmp_path / "collection.sqlite") as database:
        answers = [database.execute(html.unescape(query)).fetchall() for query in queries]
    assert len(answers) == 2 and answers[0]
