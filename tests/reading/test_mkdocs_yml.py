"""mkdocs.yml: the plugin's options with positions, and the file without the plugin."""

import pytest
import yaml

from sourcebook.diagnostics.codes import Code
from sourcebook.reading.mkdocs_yml import SiteFacts, read_plugin_options, without_plugin
from sourcebook.reading.nodes import place, plain

SITE = b"""\
site_name: &name A valley
site_url: !ENV [SITE_URL, "https://example.org/"]
repo_url: !ENV REPO
edit_uri: ''
use_directory_urls: no
docs_dir: handbook
site_dir: public  # gone
theme: {name: material, font: false}
extra: {again: *name}
plugins:
- search
- sourcebook:
    title: A valley
    tags: [a, 1.10]
- tags
extra_css: extra.css
nav:
- index.md
markdown_extensions:
- pymdownx.emoji:
    emoji_index: !!python/name:material.extensions.emoji.twemoji
- toc:
    slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
"""


def read(text):
    """Read a text or bytes as mkdocs.yml."""
    return read_plugin_options(text.encode() if isinstance(text, str) else text, "mkdocs.yml")


def reports(text):
    """Return the code and place of each diagnostic."""
    return [(d.code, str(d.position)) for d in read(text).diagnostics]


def test_options_have_their_places():
    """The options come as text with positions in mkdocs.yml, whatever tags stand elsewhere in it."""
    found = read(SITE)
    assert found.diagnostics == ()
    assert plain(found.options) == {"title": "A valley", "tags": ["a", "1.10"]}
    assert place(found.options, ["tags", 1]) == (14, 15)
    assert place(found.options, ["title"], at_key=True) == (13, 5)


def test_facts_of_the_site():
    """Values stay as written; of an environment variable there is the default or nothing."""
    assert read(SITE).site == SiteFacts(
        site_name="A valley",
        site_url="https://example.org/",
        docs_dir="handbook",
        edit_uri="",
        repo_url=None,
        use_directory_urls="no",
        has_nav=True,
    )
    assert read("site_name:\nsite_url: [x]\n").site == SiteFacts()


@pytest.mark.parametrize(
    "plugins",
    [
        "[sourcebook]",
        "\n- sourcebook",
        "\n- sourcebook:",
        "\n- sourcebook: {}",
        "{search: {}, sourcebook: }",
        "sourcebook",
    ],
)
def test_a_plugin_without_options_has_empty_ones(plugins):
    """Listed in any form without options, the plugin has an empty mapping."""
    found = read(f"plugins: {plugins}\n")
    assert (plain(found.options), found.diagnostics) == ({}, ())


@pytest.mark.parametrize(
    "text", ["", "site_name: x", "plugins:", "plugins: [search]", "plugins: {search: {}}", "- a"]
)
def test_a_plugin_that_is_not_listed_has_no_options(text):
    """None tells that the site does not use the plugin."""
    assert read(text).options is None


def test_the_mapping_form_of_plugins():
    """Plugins may be a mapping of names to options."""
    assert plain(read("plugins:\n  sourcebook:\n    title: X\n").options) == {"title": "X"}


def test_aliases_and_merges_are_written_out():
    """What MkDocs would see is seen, own keys before merged ones, with the places of what is merged."""
    text = "a: &a {title: A, licence: L}\nb: &b {title: B, k: &k [x]}\n"
    text += "plugins: [sourcebook: {<<: [*b, *a], licence: M, j: *k}]\n"
    options = read(text).options
    assert plain(options) == {"title": "B", "licence": "M", "k": ["x"], "j": ["x"]}
    assert place(options, ["title"]) == (2, 15)


def test_inherit_is_refused_with_a_clear_message():
    """A file that inherits is reported at the key."""
    (found,) = read("site_name: x\nINHERIT: base.yml\n").diagnostics
    assert (found.code, str(found.position)) == (Code.BAD_OPTION, "mkdocs.yml:2:1")
    assert "INHERIT is not followed" in found.message


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("plugins: [sourcebook: 3]", Code.BAD_OPTION, "mkdocs.yml:1:23"),
        ("plugins: [sourcebook: {a: !ENV X}]", Code.BAD_OPTION, "mkdocs.yml:1:27"),
        ("plugins: [sourcebook: {a: !!python/name:os.system }]", Code.BAD_OPTION, "mkdocs.yml:1:27"),
        ("plugins: [sourcebook: &a {b: *a}]", Code.TOO_LARGE, "mkdocs.yml:1:23"),
        ("plugins: [sourcebook: &a {<<: *a}]", Code.TOO_LARGE, "mkdocs.yml:1:23"),
        ("%TAG !a! b\n" * 20_000, Code.TOO_LARGE, "mkdocs.yml:17:1"),
        ("a: b: c", Code.YAML_SYNTAX, "mkdocs.yml:1:5"),
        ("a: *b", Code.YAML_SYNTAX, "mkdocs.yml:1:4"),
        ("a: b\n---\nc: d", Code.YAML_SYNTAX, "mkdocs.yml:2:1"),
        (b"a: \xff", Code.NOT_UTF8, "mkdocs.yml:1:4"),
        ("a: \0", Code.FORBIDDEN_CHARACTER, "mkdocs.yml:1:4"),
        ('plugins: [sourcebook: {a: "\\u202e"}]', Code.FORBIDDEN_CHARACTER, "mkdocs.yml:1:27"),
        ("- a\n" * 200_000, Code.TOO_LARGE, "mkdocs.yml:200000:3"),
    ],
)
def test_what_cannot_be_read_is_reported(text, code, at):
    """Neither broken YAML nor options that never end make a traceback."""
    assert reports(text) == [(code, at)]


def test_deep_nesting_is_reported():
    """A file that is nothing but openings is too large; where, depends on how far the parser looks ahead."""
    assert [code for code, _ in reports("[" * 200_000)] == [Code.TOO_LARGE]


@pytest.mark.parametrize("merge", ["[{}]", "{{<<: [{}]}}"])
def test_a_bomb_of_aliases_or_merges_is_refused(merge):
    """Options that grow ninefold with each line are cut off."""
    lines = ["a0: &a0 [x]" if merge == "[{}]" else "a0: &a0 {}"]
    lines += [f"a{n}: &a{n} " + merge.format(", ".join([f"*a{n - 1}"] * 9)) for n in range(1, 12)]
    lines += ["plugins: [sourcebook: {k: *a11}]"]
    assert reports("\n".join(lines)) == [(Code.TOO_LARGE, "mkdocs.yml:13:23")]


def test_without_plugin():
    """The plugin and the output folder go, the changes are there, all else stays as MkDocs sees it."""
    text = without_plugin(
        SITE,
        replaced={
            "nav": [{"Start": "index.md"}, {"Actors": ["actors/index.md"]}],
            "not_in_nav": "/actors/\n/claims/\n",
        },
        appended={"extra_css": ["sourcebook.css"], "extra_javascript": ["sourcebook.js"]},
        custom_dir="overrides",
    )
    assert (
        text
        == """\
site_name: &id001 A valley
site_url: !ENV [SITE_URL, "https://example.org/"]
repo_url: !ENV 'REPO'
edit_uri: ''
use_directory_urls: no
docs_dir: docs
theme:
  name: material
  font: false
  custom_dir: overrides
extra: {again: *id001}
plugins:
- search
- tags
extra_css:
- extra.css
- sourcebook.css
nav:
- Start: index.md
- Actors:
  - actors/index.md
markdown_extensions:
- pymdownx.emoji:
    emoji_index: !!python/name:material.extensions.emoji.twemoji ''
- toc:
    slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
not_in_nav: |
  /actors/
  /claims/
extra_javascript:
- sourcebook.js
"""
    )


@pytest.mark.parametrize(
    ("plugins", "left"),
    [
        ("[sourcebook]", []),
        ("sourcebook", []),
        ("[sourcebook: {a: b}]", []),
        ("[search, sourcebook: {a: b}, tags: {c: d}]", ["search", {"tags": {"c": "d"}}]),
        ("[{search: {}, sourcebook: {}}]", [{"search": {}}]),
        ("{sourcebook: {a: b}}", {}),
        ("{search: {}, sourcebook: {a: b}}", {"search": {}}),
    ],
)
def test_the_other_plugins_stay(plugins, left):
    """An empty list stays explicit, since without the key MkDocs would add `search`."""
    assert yaml.safe_load(without_plugin(f"plugins: {plugins}\n".encode()))["plugins"] == left


def test_nothing_is_added_where_no_plugin_is_named():
    """Without `plugins` the key stays absent and `search` implied."""
    assert without_plugin(b"site_name: x\n") == "site_name: x\ndocs_dir: docs\n"


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("", {"name": "mkdocs"}),
        ("theme:\n", {"name": "mkdocs"}),
        ("theme: material\n", {"name": "material"}),
        ("theme: {name: material, custom_dir: old}\n", {"name": "material"}),
    ],
)
def test_custom_dir_of_any_theme(theme, expected):
    """A theme given by its name alone, or not at all, becomes a mapping."""
    written = yaml.safe_load(without_plugin(f"{theme}site_name: x\n".encode(), custom_dir="new"))
    assert written["theme"] == {**expected, "custom_dir": "new"}


def test_texts_that_look_like_other_types_stay_texts():
    """A replaced value is text also for a reader that sees types in plain scalars."""
    assert yaml.safe_load(without_plugin(b"a: 1.10\n", replaced={"b": ["1.10", "no", "a: b"]})) == {
        "a": 1.1,
        "docs_dir": "docs",
        "b": ["1.10", "no", "a: b"],
    }


@pytest.mark.parametrize("text", [b"", b"- a", b"a: [", b"\xff"])
def test_a_file_that_is_no_mapping_cannot_be_rewritten(text):
    """A caller that did not look at the diagnostics gets a ValueError, not half a file."""
    with pytest.raises(ValueError):
        without_plugin(text)
