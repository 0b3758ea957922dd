"""None of the known attacks works, each by its name; and each of them would be seen if it did."""

import pytest

from hostile_pages import folded, seen
from safety.attacked_site import PLAIN, attacked_site
from safety.attacks import INERT, REFUSED, SECRET
from small_project import small_project
from sourcebook.site.check import check_project, read_settings


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """The site with an attack in each record."""
    return attacked_site(tmp_path_factory.mktemp("attacked"), {name: a.text for name, a in INERT.items()})


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The same site with plain words, and a hand-written page for each attack, printed as it is."""
    bare = {name: attack.bare or attack.text for name, attack in INERT.items()}
    bare["plain-words"] = "A word"
    return attacked_site(tmp_path_factory.mktemp("plain"), PLAIN, bare)


def page(site, path):
    """The HTML of a page."""
    return (site / path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", INERT)
@pytest.mark.parametrize("path", ["claims/{}", "actors/actor-{}"])
def test_attack(attacked, plain, name, path):
    """The pages have the elements of those with plain words, and show the text as it was typed."""
    html, expected = page(attacked, path.format(name)), page(plain, path.format(name))
    assert seen(html).shape == seen(expected).shape
    assert seen(html).text.count(folded(INERT[name].text)) >= 2
    assert folded(seen(html).title) == f"about {folded(INERT[name].text)} - Attacked"


@pytest.mark.parametrize("name", INERT)
def test_attack_works_where_a_text_is_printed_as_it_is(plain, name):
    """The same judge sees each attack on a page that somebody wrote by hand with the text as it is."""
    html, harmless = page(plain, f"bare/{name}"), page(plain, "bare/plain-words")
    assert seen(html).shape != seen(harmless).shape or SECRET in html


def test_no_secret_of_the_project_is_published(attacked):
    """Neither a page nor the search index holds what stands in a file that nobody publishes."""
    files = [path for path in attacked.rglob("*") if path.is_file()]
    assert files and not [path for path in files if SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize("name", REFUSED)
def test_refused(tmp_path, name):
    """An error with its code, at the line of the field; nothing is made of it."""
    claim = f"text: A text\nclaimant: ferry-company\nsources: millbrook-gazette#p1\n{REFUSED[name].field}\n"
    project = small_project(tmp_path, {"content/claims/attack.yml": claim})
    checked = check_project(read_settings(project / "mkdocs.yml"))
    assert checked.graph is None
    assert [(found.code.slug, str(found.position).rpartition(":")[0]) for found in checked.diagnostics] == [
        (REFUSED[name].code, "content/claims/attack.yml:4")
    ]
