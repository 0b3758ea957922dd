"""A withheld name keeps a site from being published, and stands in no message of either door."""

import io
import json
import logging

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from sourcebook.cli import main

NAME = "Ծովինար Հորինվածյան"
FILES = {
    "mkdocs.yml": (
        "site_name: Test\n"
        "theme: {name: material, font: false}\n"
        "plugins:\n"
        "  - search\n"
        "  - sourcebook: {withheld_names: names.txt}\n"
    ),
    "docs/index.md": "# Home\n",
    "content/actors/witness.yml": "name: A witness\ntype: person\nanonymous: true\nsources: paper#p1\n",
    "seeds/paper.yml": "title: A paper\ntype: report\n",
    "names.txt": f"# the witness\n{NAME}\n",
}


@pytest.fixture
def project(tmp_path):
    """A project on disk, outside git, without the name anywhere."""
    for file, text in FILES.items():
        write(tmp_path / file, text)
    return tmp_path


def write(path, text):
    """Write a file, and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def command(project, *arguments):
    """Run the command line on the project; what it printed, all of it, and its exit code."""
    result = CliRunner().invoke(main, [arguments[0], "-f", str(project / "mkdocs.yml"), *arguments[1:]])
    return result.output, result.exit_code


def build_site(project):
    """Build with MkDocs; the last words of a build that ends itself, and everything that it logged."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        build(load_config(str(project / "mkdocs.yml")))
    except Abort as end:
        assert end.code == 1
        return str(end), log.getvalue()
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    return "", log.getvalue()


def test_a_clean_project_is_checked_and_published(project):
    """Without the name all works, and the check says how many names it looked for."""
    output, code = command(project, "check")
    assert (code, output.splitlines()[-1]) == (0, "1 withheld name looked for")
    assert build_site(project)[0] == ""
    assert (project / "site/actors/witness/index.html").exists()


def test_a_missing_list_is_told(project):
    """Who has not got the list can still check, and is told what was not looked for."""
    (project / "names.txt").unlink()
    output, code = command(project, "check")
    assert (code, output.splitlines()[-1]) == (
        0,
        "names.txt is not here: no withheld name was looked for",
    )


def test_without_the_list_nothing_is_published(project):
    """A clone has no list, as git ignores it: it publishes nothing by any door, and the last site stays."""
    build_site(project)
    published = (project / "site/actors/witness/index.html").read_bytes()
    (project / "names.txt").unlink()
    write(project / "content/actors/witness.yml", f"name: {NAME}\ntype: person\nsources: paper#p1\n")
    for door in ("generate", "export"):
        output, code = command(project, door, "--out", str(project / "out"))
        assert (code, (project / "out").exists()) == (1, False)
        assert "names.txt: error: the list of names that must not be published is not here" in output
        assert "take the option 'withheld_names' out" in output
    end, _ = build_site(project)
    assert "names.txt: error: the list" in end and "Nothing was built" in end
    assert (project / "site/actors/witness/index.html").read_bytes() == published


def test_marks_inside_a_word_hide_no_name(project):
    """A name with emphasis in the middle of a word is found where it stands."""
    split = f"{NAME[:3]}*{NAME[3:5]}*{NAME[5:]}"
    write(
        project / "content/actors/witness.yml",
        f"name: The witness\ntype: person\nsummary: Here is {split}.\nsources: paper#p1\n",
    )
    output, code = command(project, "check")
    assert code == 1 and "content/actors/witness.yml:3:" in output
    assert_hidden(output)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_no_report_shows_the_name(project, form):
    """A name in a fact, in a file's name and in the words of other mistakes is found and never shown."""
    write(project / "content/actors/witness.yml", f"name: {NAME}\ntype: {NAME}\nsources: paper#p1\n")
    write(project / f"content/actors/{NAME}.yml", "name: X\n")
    output, code = command(project, "check", "--format", form)
    assert code == 1
    assert "withheld-name" in output
    assert "content/actors/witness.yml" in output
    assert_hidden(output)


def assert_hidden(output):
    """The name stands nowhere, as it is or escaped."""
    assert "Հորինվածյան" not in output
    assert json.dumps("Հորինվածյան").strip('"') not in output


def test_neither_door_makes_anything_of_a_name_in_a_fact(project):
    """With a name in a fact, `generate` writes nothing, and MkDocs keeps the last site."""
    build_site(project)
    published = (project / "site/actors/witness/index.html").read_bytes()
    write(project / "content/actors/witness.yml", f"name: {NAME.upper()}\ntype: person\nsources: paper#p1\n")
    output, code = command(project, "generate", "--out", str(project / "out"))
    assert (code, (project / "out").exists()) == (1, False)
    assert_hidden(output)
    end, log = build_site(project)
    assert "content/actors/witness.yml:1:7: error: here stands the name on line 2 of the list" in end
    assert_hidden(end + log)
    assert (project / "site/actors/witness/index.html").read_bytes() == published


def test_a_name_that_only_the_finished_site_has_is_not_published(project):
    """What a theme, a plugin or an ignored file adds is found in the pages and in the search index."""
    build_site(project)
    # Of all files of a project outside git, those of hidden folders are not checked, but may be published.
    write(
        project / ".parts/main.html",
        '{% extends "base.html" %}{% block extrahead %}' + NAME + "{% endblock %}",
    )
    config = FILES["mkdocs.yml"].replace("font: false", "font: false, custom_dir: .parts")
    write(project / "mkdocs.yml", config)
    end, log = build_site(project)
    assert "site/actors/witness/index.html:" in end
    assert end.endswith("The site was not published. The last one stays.")
    assert_hidden(end + log)
    assert NAME not in (project / "site/actors/witness/index.html").read_text()
    assert [path.name for path in project.glob(".site*")] == []


def test_an_ignored_page_reaches_neither_search_index_nor_generated_files(project):
    """A page that git ignores is part of the site all the same, and so of its search index."""
    config = FILES["mkdocs.yml"] + "docs_dir: .docs\n"
    write(project / "mkdocs.yml", config)
    write(project / ".docs/index.md", f"# Home\n\n{NAME}\n")
    end, _ = build_site(project)
    assert "site/search/search_index.json:1:" in end
    assert "site/index.html:" in end
    assert not (project / "site").exists()
    output, code = command(project, "generate", "--out", str(project / "out"))
    assert (code, (project / "out").exists()) == (1, False)
    assert "docs/index.md:3:1: error: here stands the name on line 2 of the list" in output
    assert_hidden(output + end)


def test_a_file_name_is_not_published(project):
    """A hand-written file whose name is a withheld one is not published, and its name not shown."""
    write(project / "mkdocs.yml", FILES["mkdocs.yml"] + "docs_dir: .docs\n")
    write(project / ".docs/index.md", "# Home\n")
    write(project / f".docs/{NAME}.txt", "")
    end, log = build_site(project)
    assert "site/…: error: the path of this file holds the name on line 2 of the list of names" in end
    assert_hidden(end + log)
