"""The fast way gives what the ordinary way gives, byte for byte, and steps aside where it might not."""

import gzip
import json
import re
from dataclasses import dataclass

import pytest
from mkdocs.structure.pages import Page

from hostile_records import accepts, can_be_read, claims_with, files, hostile, options, records
from hostile_site import CONFIG
from hostile_texts import hostile_texts
from small_project import FILES, REPOSITORY, Ran, content_of, differences, mkdocs_build, small_project
from sourcebook.mkdocs_plugin.facts_page import FactsPage
from sourcebook.records.fields import Phrase

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

RECORDS = 1000
TOLD = "Every page goes through all of MkDocs: "
ENTRY = re.compile(rb"<url>.*?</url>", re.DOTALL)


@dataclass(frozen=True)
class BothWays:
    """A project built the fast and the ordinary way: runs, files by path, and the pages that MkDocs made."""

    runs: tuple[Ran, Ran]
    sites: tuple[dict[str, bytes], dict[str, bytes]]
    through_mkdocs: frozenset[str]

    def differences(self):
        """The paths at which the two sites differ, the order in search index and sitemap left aside."""
        return differences(*map(comparable, self.sites))

    @property
    def told(self):
        """Why the fast way was not taken; None where it was."""
        found = re.search(f"{TOLD}(.*)", self.runs[0].output)
        return found[1] if found else None


def comparable(site):
    """A site with its search index and sitemap as sets."""
    made = dict(site)
    for name in {"search/search_index.json", "search/search_index.js"} & site.keys():
        index = json.loads(made[name].removeprefix(b"var __index = "))
        index["docs"] = sorted(map(json.dumps, index["docs"]))
        made[name] = index
    for name, read in (("sitemap.xml", bytes), ("sitemap.xml.gz", gzip.decompress)):
        made[name] = sorted(ENTRY.findall(read(made[name])))
    return made


def both_ways(project, folder):
    """Build a project both ways into a folder."""
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    runs, sites, made = [], [], []
    for name, option in (("fast", "true"), ("ordinary", "false")):
        (project / "mkdocs.yml").write_text(with_option(config, option), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            seen = made_by_mkdocs(patch)
            runs.append(mkdocs_build(project, site=folder / name))
        sites.append(content_of(folder / name))
        made.append(frozenset(seen))
    (project / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert [run.exit_code for run in runs] == [0, 0], runs
    return BothWays(tuple(runs), tuple(sites), made[0])


def with_option(config, option):
    """The configuration with the option `fast`."""
    config, count = re.subn(r"  - sourcebook: \{", f"  - sourcebook: {{fast: {option}, ", config)
    if count:
        return config
    config, count = re.subn(r"  - sourcebook:\n", f"  - sourcebook:\n      fast: {option}\n", config)
    return config if count else config.replace("  - sourcebook\n", f"  - sourcebook: {{fast: {option}}}\n")


def made_by_mkdocs(patch):
    """Write down which pages from facts go through MkDocs from now on."""
    render, seen = FactsPage.render, []

    def recording(self, config, files):
        seen.append(self.file.src_uri)
        render(self, config, files)

    patch.setattr(FactsPage, "render", recording)
    return seen


def changed(**replaced):
    """The small project's mkdocs.yml with lines replaced or added; a key is the line that they follow."""
    text = FILES["mkdocs.yml"]
    for line, more in replaced.items():
        text = text.replace(f"{line}:\n", f"{line}:\n{more}", 1)
    return text


def outside(ways):
    """Whether no record's page went through MkDocs."""
    return not any(
        re.fullmatch(r"(actors|claims|events|places|disputes|sources)/(?!index).*", path)
        for path in ways.through_mkdocs
    )


def test_the_real_site(tmp_path):
    """Every file of the repository's own site is the same both ways."""
    project = tmp_path / "project"
    for path, content in content_of(REPOSITORY).items():
        if path.split("/")[0] in ("content", "seeds", "docs", "mkdocs.yml"):
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
    ways = both_ways(project, tmp_path)
    assert (ways.told, ways.differences(), outside(ways)) == (None, [], True)


def test_hostile_records(tmp_path):
    """Every file of a site of a thousand records with hostile texts is the same both ways."""
    project, text = tmp_path / "project", hostile(0, warned=False)
    made = files(records(text))
    texts = [
        text
        for text in hostile_texts(RECORDS * 3)
        if can_be_read(text, warned=False) and accepts(Phrase, text)
    ]
    made |= files(claims_with(texts[: RECORDS - len(made)]))
    made["mkdocs.yml"] = CONFIG.replace("OPTIONS", json.dumps(options(text), ensure_ascii=False))
    made["docs/index.md"] = "# Home\n\n[One](claims/c1.md), [a note](claims/c1.md#cite-1)\n"
    ways = both_ways(small_project(project, dict.fromkeys(FILES) | made), tmp_path)
    assert (ways.told, ways.differences(), outside(ways)) == (None, [], True)
    assert len(ways.sites[0]) > RECORDS


@pytest.mark.parametrize(
    "config",
    [
        changed(plugins="  - offline\n"),
        changed().replace(
            "site_name", "use_directory_urls: false\nsite_url: https://example.org/a/\nsite_name"
        ),
        changed().replace("  - search\n", ""),
        changed(
            theme="  features: [navigation.path, navigation.footer, content.action.edit, "
            "content.action.view, toc.integrate]\n"
        ).replace("site_name", "repo_url: https://example.org/r\nedit_uri: edit/main/docs/\nsite_name"),
        changed().replace("permalink: true", "permalink: false"),
        changed(nav="  - One: claims/engine-failed.md\n"),
        changed() + "extra:\n  social:\n    - icon: material/web\n      link: https://example.org\n",
    ],
    ids=["offline", "flat", "no search", "features", "permalink", "in nav", "extra"],
)
def test_configurations(tmp_path, config):
    """Whatever a site configures, both ways agree."""
    ways = both_ways(small_project(tmp_path / "project", {"mkdocs.yml": config}), tmp_path)
    assert (ways.told, ways.differences()) == (None, [])


HOOK = "def on_page_content(html, **_):\n    return html\n"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"mkdocs.yml": changed(markdown_extensions="  - footnotes\n")},
            "the Markdown extension 'footnotes'",
        ),
        ({"mkdocs.yml": changed(toc="      toc_depth: 3\n")}, "the Markdown extension 'toc'"),
        ({"mkdocs.yml": changed().replace("  - search\n", "  - search\n  - tags\n")}, "the plugin "),
        ({"mkdocs.yml": changed() + "hooks: [hook.py]\n", "hook.py": HOOK}, "the hook 'hook.py'"),
        (
            {
                "mkdocs.yml": changed(theme="  custom_dir: mine\n"),
                "mine/main.html": '{% extends "base.html" %}',
            },
            "the theme is changed in mine/",
        ),
        (
            {"mkdocs.yml": changed().replace("material", "readthedocs").replace("  font: false\n", "")},
            "it is known",
        ),
    ],
    ids=["extension", "setting", "plugin", "hook", "theme folder", "theme"],
)
def test_ordinary_as_a_whole(tmp_path, changes, reason):
    """What may change any page sends all of them through MkDocs, and that is said in one line."""
    ways = both_ways(small_project(tmp_path / "project", changes), tmp_path)
    assert ways.told.startswith(reason)
    assert ways.runs[0].output.count(TOLD) == 1 and "claims/engine-failed.md" in ways.through_mkdocs
    assert ways.differences() == []


def test_harmless_hook(tmp_path):
    """A hook that sees no page changes nothing."""
    changes = {"mkdocs.yml": changed() + "hooks: [hook.py]\n", "hook.py": "def on_pre_build(config): pass\n"}
    ways = both_ways(small_project(tmp_path / "project", changes), tmp_path)
    assert (ways.told, ways.differences(), outside(ways)) == (None, [], True)


@pytest.mark.parametrize(
    "template",
    [
        "{% extends 'sourcebook/claim.md' %}\n{% block figure %}\nAn *_odd_* mark\n{% endblock %}\n",
        "{{ page.head.title.value | front_matter('x') | replace('---', '---\\nhide: [toc]', 1) }}\n\n# X\n",
        "{% extends 'sourcebook/claim.md' %}\n{% block figure %}\n<p><object></object></p>\n{% endblock %}",
    ],
    ids=["Markdown", "meta", "search"],
)
def test_ordinary_pages(tmp_path, template):
    """A page that the fast way does not hold goes through MkDocs, alone."""
    project = small_project(tmp_path / "project", {"site_templates/claim.md": template})
    ways = both_ways(project, tmp_path)
    assert (ways.told, ways.differences()) == (None, [])
    assert "claims/engine-failed.md" in ways.through_mkdocs
    assert not any(path.startswith("actors/f") for path in ways.through_mkdocs)


def test_broken_links(tmp_path):
    """Broken links and anchors are told in the same words, as often as they stand."""
    block = "[a](nothing.md) [b](../actors/index.md#nothing) [c](#nothing) [d](engine-failed.md#nope)"
    template = f"{{% extends 'sourcebook/claim.md' %}}\n{{% block figure %}}\n{block}\n{{% endblock %}}\n"
    home = "# Home\n\n[x](claims/engine-failed.md#nowhere) [y](claims/engine-failed.md#cite-1)\n"
    changes = {"site_templates/claim.md": template, "docs/index.md": home}
    changes["mkdocs.yml"] = changed() + "validation:\n  anchors: warn\n"
    ways = both_ways(small_project(tmp_path / "project", changes), tmp_path)
    told = [sorted(re.findall("WARNING -  (.*)", run.output)) for run in ways.runs]
    assert told[0] == told[1] and len(told[0]) > 8
    assert ways.differences() == []


def test_a_shape_that_fails_its_trial(tmp_path, monkeypatch):
    """Where the theme does more with a value than to print it, its pages go through MkDocs."""
    monkeypatch.setattr("sourcebook.mkdocs_plugin.splice.Splicer.filled", lambda *_: "something else")
    ways = both_ways(small_project(tmp_path / "project"), tmp_path)
    assert "claims/engine-failed.md" in ways.through_mkdocs
    assert ways.differences() == []


def test_python_markdown_is_not_asked(tmp_path, monkeypatch):
    """No page from facts is converted by Python-Markdown, however it is made."""
    asked = []
    render = Page.render
    monkeypatch.setattr(
        Page, "render", lambda self, *of: (asked.append(self.file.src_uri), render(self, *of))
    )
    mkdocs_build(small_project(tmp_path / "project"))
    assert set(asked) == {"index.md", "notes/tides.md"}
