"""Facts checked again after an edit are as checked from the beginning, whatever was edited."""

import random
from dataclasses import fields

import pytest

from benchmarks.corpus import write_corpus
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.keeping import Keeper

EDITS = 25
ADDED = (
    "note: A word of the editors.",
    "tags: [harbour, tide]",
    "aliases: Another spelling",
    "former_ids: once-so",
    "draft: yes",
    "supports: no-such-claim",
    "summary: See [[no-such-record]].",
    "nothing: known",
    "note: [unclosed",
    "part_of: actor-1",
)


@pytest.fixture
def project(tmp_path):
    """An invented project of some hundred files."""
    write_corpus(tmp_path, 90, skew=4)
    if not (tmp_path / "mkdocs.yml").exists():
        (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins:\n  - sourcebook\n")
    (tmp_path / "docs").mkdir(exist_ok=True)
    return tmp_path


def edited(project, dice, originals):
    """Edit the files of a project at random; the paths that have changed."""
    files = sorted((*project.glob("content/*/*.yml"), *project.glob("seeds/*.yml")))
    path, other = dice.sample(files, 2)
    kind = dice.choice(["add", "add", "mend", "swap", "remove", "empty", "new"])
    before = originals.setdefault(path, path.read_text())
    if kind == "add":
        path.write_text(f"{path.read_text()}\n{dice.choice(ADDED)}\n")
    elif kind == "swap":
        path.write_text(path.read_text().replace(other.stem, path.stem))
    elif kind == "remove":
        path.unlink()
    elif kind == "empty":
        path.write_text("")
    elif kind == "new":
        path = path.with_name(f"new-{dice.randrange(100)}.yml")
        path.write_text(before)
    if kind == "mend":
        for one, text in originals.items():
            one.write_text(text)
        return frozenset(originals)
    return frozenset({path})


@pytest.mark.no_cover  # takes as long again
@pytest.mark.parametrize("seed", range(2))
def test_edits_in_a_row(project, seed):
    """After each of many edits, good and bad ones, diagnostics and graph are those of a whole check."""
    dice, keeper, originals = random.Random(seed), Keeper(), {}
    settings = read_settings(project / "mkdocs.yml")
    assert keeper.check(settings).graph
    for number in range(EDITS):
        again = keeper.check_again(settings, edited(project, dice, originals))
        whole = check_project(settings)
        assert again.diagnostics == whole.diagnostics, (seed, number)
        assert again.records == whole.records and (again.graph is None) == (whole.graph is None)
        for part in fields(whole.graph) if whole.graph else ():
            one, other = getattr(again.graph, part.name), getattr(whole.graph, part.name)
            assert (dict(one) if part.name == "related" else one) == other, (seed, number, part.name)


def test_one_edit_reads_one_file(project, monkeypatch):
    """Only the file that was edited is read again."""
    keeper, settings = Keeper(), read_settings(project / "mkdocs.yml")
    keeper.check(settings)
    path = sorted(project.glob("content/claims/*.yml"))[0]
    path.write_text(f"{path.read_text()}\nnote: A word.\n")
    kept = dict(keeper.files)
    monkeypatch.setattr("sourcebook.site.keeping.check_project", None)
    assert keeper.check_again(settings, frozenset({path})).graph
    changed = [name for name, file in keeper.files.items() if file is not kept[name]]
    assert changed == [path.relative_to(project).as_posix()]
