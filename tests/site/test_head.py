"""What stands in the heads of built pages."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config

from pier_project import ADDRESS, write_project
from sourcebook.pages.head_data import HeadData
from sourcebook.rendering.head import head_html, script_json

INLINE = "<script>document.title = 'taken over'</script>"


class Elements(HTMLParser):
    """Every start tag with its attributes, and the texts of scripts."""

    def __init__(self, page):
        super().__init__()
        self.found, self.scripts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Keep a tag, and a place for what is in a script."""
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        """Keep what is in a script."""
        if self.found and self.found[-1][0] == "script" and self.scripts:
            self.scripts[-1] += data

    def meta(self, name):
        """The contents of the elements of one name or property."""
        named = (found for tag, found in self.found if tag == "meta")
        return [
            m["content"] for m in named if name in (m.get("name"), m.get("property"), m.get("http-equiv"))
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The small project as MkDocs builds it, with a hand-written page that has a script in it."""
    folder = tmp_path_factory.mktemp("built")
    write_project(
        folder, extra={"docs/note.md": f"---\ndescription: A <b>note</b>\n---\n# Note\n\n{INLINE}\n"}
    )
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


def read(site, address):
    """A page of the site."""
    return Elements((site / address / "index.html").read_text(encoding="utf-8"))


def test_a_record_tells_machines_what_it_is(site):
    """A record's page has title, description, address, Open Graph and JSON-LD that say the same."""
    page = read(site, "claims/pier-was-rotten")
    text = "The planks were “rotten” & </script> soft."
    address = f"{ADDRESS}claims/pier-was-rotten/"
    assert page.meta("og:title") == [text]
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:url") == [address]
    assert page.meta("og:site_name") == ["The pier of Orrin Bay"]
    assert len(page.meta("description")) == 1
    links = [found["href"] for tag, found in page.found if tag == "link" and found["rel"] == "canonical"]
    assert links == [address]
    data = json.loads(linked(page))
    assert (data["@type"], data["url"], data["dateModified"]) == ("WebPage", address, "2031-04-11")
    assert (data["mainEntity"]["@type"], data["mainEntity"]["text"]) == ("Claim", text)
    assert data["license"] == "https://licences.example.org/by"


def linked(page):
    """The JSON-LD of a page."""
    scripts = [found for tag, found in page.found if tag == "script"]
    (place,) = [n for n, found in enumerate(scripts) if found.get("type") == "application/ld+json"]
    return page.scripts[place]


def test_every_kind_of_page_has_one_head(site):
    """Index, home, hand-written page and the page of somebody anonymous say what they are, and no more."""
    for address, kind in (
        ("", "WebSite"),
        ("note", "WebPage"),
        ("claims", "CollectionPage"),
        ("actors/a-ferryman", "WebPage"),
    ):
        page = read(site, address)
        data = json.loads(linked(page))
        assert data["@type"] == kind
        assert "mainEntity" not in data
        assert len(page.meta("og:title")) == len(page.meta("Content-Security-Policy")) == 1


def test_a_script_in_a_page_is_in_no_policy(site):
    """The policy of a page with a script in it allows what that of a page without it allows."""
    (note,) = read(site, "note").meta("Content-Security-Policy")
    (index,) = read(site, "claims").meta("Content-Security-Policy")
    assert INLINE in (site / "note/index.html").read_text(encoding="utf-8")
    assert note == index
    assert "'sha256-" in note and "unsafe" not in note


def test_the_page_of_a_missing_page_has_a_policy(site):
    """The page that a server shows for an unknown address has a policy of its own base."""
    page = Elements((site / "404.html").read_text(encoding="utf-8"))
    (content,) = page.meta("Content-Security-Policy")
    assert content != read(site, "claims").meta("Content-Security-Policy")[0]


def test_every_position_and_paragraph_has_an_address(site):
    """What others say of a claim, and each paragraph of a source, can be linked to."""
    claim = (site / "claims/pier-was-sound/index.html").read_text(encoding="utf-8")
    assert '<a id="position-1"></a>' in claim
    assert re.search(r'<a class="headerlink" href="#position-1" title="[^"]+">¶</a>', claim)
    source = (site / "sources/courier/index.html").read_text(encoding="utf-8")
    assert re.search(r'<h3 id="p1">.*<a class="headerlink" href="#p1"', source)


def test_citations_are_not_searched(site):
    """The search does not find a page by the words of its citation."""
    index = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert "howpublished" not in index and "Permanent" not in index


@given(st.recursive(st.text(), lambda inner: st.dictionaries(st.text(), inner, max_size=3), max_leaves=5))
def test_no_text_ends_a_script(value):
    """JSON in a script holds no character by which HTML would leave it, and is the value itself."""
    written = script_json(value)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == value


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    st.text(st.characters(exclude_categories=("Cs", "Cc"))),
)
def test_no_text_is_an_element(title, description):
    """Whatever title and description hold, a head has its own elements and shows them as they are."""
    page = Elements(head_html(HeadData(title, description, "", "", "article", {"name": title})))
    assert {tag for tag, _ in page.found} <= {"meta", "script"}
    assert page.meta("og:title") == ([" ".join(title.split())] if title else [])
    assert page.meta("og:description") == ([" ".join(description.split())] if description else [])
