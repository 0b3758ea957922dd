"""`sourcebook import` with a mapping: what is written, what is left, what is said."""

import json
import shutil

import pytest
from click.testing import CliRunner

from sourcebook.cli import main
from sourcebook.editing import files as editing_files

MAPPING = """\
ignore: secret
records:
  - kind: event
    id: "log-{number}"
    fields:
      title: "{what}"
      type: {column: kind, values: {march: protest, fight: riot}, otherwise: other}
      date: {column: day, date: DD/MM/YYYY}
      location: {column: where, find: place, create: {summary: A place of the log., sources: gazette#p1}}
      participants:
        - each: {one: {column: who, split: ";"}}
          actor: {column: one, find: actor, create: {type: person}}
          role: agent
      tags: {column: words, split: ","}
      sources: gazette#p1
"""
ROWS = """\
number,day,what,kind,where,who,words,secret,more
1,04/03/2031,The dockers march,march,Saltmere,Union of Dockers; ada wren,On Foot;,x,
2,05/03/2031,The boats lie,sail,Outer Mole,union,,,y
"""
FILES = {"log.yml": MAPPING, "log.csv": ROWS}
IMPORT = ("log.csv", "--mapping", "log.yml")
FIRST = """\
title: The dockers march
type: protest
date: 2031-03-04
location: saltmere
participants:
  - {actor: union, role: agent}
  - {actor: mayor, role: agent}
tags: on-foot
sources: gazette#p1
"""


def test_rows_become_records(bring, facts, check):
    """A file for each record, names led to ids, values by their lists, and a collection in order."""
    before = facts()
    result = bring(*IMPORT, "--create-missing", files=FILES)
    assert result.exit_code == 0, result.output
    new = {path: text for path, text in facts().items() if path not in before}
    assert set(new) == {
        "content/events/log-1.yml",
        "content/events/log-2.yml",
        "content/places/outer-mole.yml",
    }
    assert new["content/events/log-1.yml"] == FIRST
    assert "type: other\n" in new["content/events/log-2.yml"]
    assert "location: outer-mole\n" in new["content/events/log-2.yml"]
    assert check() == ""


def test_what_has_no_place_is_told(bring):
    """Columns and values that feed nothing are in the summary with their counts, ignored ones too."""
    result = bring(*IMPORT, "--create-missing", files=FILES)
    assert result.stderr.splitlines() == [
        "log.csv: 2 rows, 2 taken, 0 left out",
        "2 events, 1 place written; 0 there already just so",
        "no place: column 'more' (1 filled cell)",
        "no place: column 'secret', which the mapping ignores (1 filled cell)",
        "no place: in column 'kind' 'sail' (1)",
    ]


def test_the_same_again_changes_nothing(bring, facts):
    """A second import of the same file writes nothing and says so."""
    bring(*IMPORT, "--create-missing", files=FILES)
    before = facts()
    result = bring(*IMPORT, "--create-missing")
    assert result.exit_code == 0
    assert facts() == before
    assert "nothing new; 2 there already just so" in result.stderr


def test_without_create_missing_unknown_names_are_errors(bring, facts):
    """A name that no record has is told with the remedy; the other rows are written."""
    result = bring(*IMPORT, files=FILES)
    assert result.exit_code == 1
    assert (
        "no place is called 'Outer Mole' [unknown-reference]\n  hint: run with --create-missing"
        in result.stdout
    )
    assert "content/events/log-1.yml" in facts() and "content/events/log-2.yml" not in facts()


def test_a_dry_run_shows_a_diff_and_writes_nothing(bring, facts):
    """`--dry-run` prints what would be written as a diff."""
    before = facts()
    result = bring(*IMPORT, "--create-missing", "--dry-run", files=FILES)
    assert facts() == before
    assert result.exit_code == 0
    assert "+title: The dockers march\n" in result.stdout
    assert "2 events, 1 place would be written" in result.stderr


def test_what_only_a_bad_row_needs_is_not_made(bring, facts):
    """A place that a bad row alone names is not created; one that a good row names too is."""
    rows = ROWS.splitlines()[0] + (
        "\n1,99/03/2031,Bad,march,Far Mole,union,,,"
        "\n2,98/03/2031,Bad,march,Near Mole,union,,,"
        "\n3,04/03/2031,Good,march,Near Mole,union,,,\n"
    )
    result = bring(*IMPORT, "--create-missing", files={**FILES, "log.csv": rows})
    assert result.exit_code == 1
    found = facts()
    assert "content/places/near-mole.yml" in found and "content/places/far-mole.yml" not in found
    assert "content/events/log-3.yml" in found


def test_a_row_that_needs_a_bad_row_is_bad(bring, facts):
    """Rows that refer to a row that is left out are left out with it, to the end of the chain."""
    mapping = """\
records:
  - kind: event
    id: "e-{n}"
    fields: {title: "{t}", type: protest, date: "{d}", follows: {column: after}, sources: gazette#p1}
"""
    rows = "n,t,d,after\n1,One,never,\n2,Two,2031,e-1\n3,Three,2031,e-2\n4,Four,2031,e-5\n5,Five,2031,\n"
    result = bring("l.csv", "--mapping", "l.yml", files={"l.csv": rows, "l.yml": mapping})
    assert result.exit_code == 1
    assert {path for path in facts() if "/e-" in path} == {"content/events/e-4.yml", "content/events/e-5.yml"}
    assert [line.split(": ")[0] for line in result.stdout.splitlines() if ": error" in line] == [
        "l.csv:2:3",
        "l.csv:3:4",
        "l.csv:4:4",
    ]


def changed(project, old, new):
    """Change the first event as an editor would."""
    path = project / "content/events/log-1.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_an_editors_word_is_never_overwritten_unasked(bring, facts, project):
    """A record that differs is told with both places and stays; with strict that counts."""
    bring(*IMPORT, "--create-missing", files=FILES)
    changed(project, "type: protest", "type: riot")
    before = facts()
    result = bring(*IMPORT, "--create-missing")
    assert (result.exit_code, facts()) == (0, before)
    assert "'log-1' has other values for 'type', and was left as it is [record-differs]" in result.stdout
    assert "see: content/events/log-1.yml:1:1" in result.stdout
    assert bring(*IMPORT, "--create-missing", "--strict").exit_code == 1


def test_update_takes_fields_and_leaves_every_other_line(bring, project):
    """`--update` changes the lines of fields that differ; comments, order and further fields stay."""
    bring(*IMPORT, "--create-missing", files=FILES)
    path = changed(
        project, "type: protest\n", "# as the editor sees it\ntype: riot # really\nsummary: Mine.\n"
    )
    changed(project, "  - {actor: mayor, role: agent}\n", "")
    result = bring(*IMPORT, "--update")
    assert result.exit_code == 0 or "Outer" in result.stdout, result.output
    assert path.read_text(encoding="utf-8") == FIRST.replace(
        "type: protest\n", "# as the editor sees it\ntype: protest\nsummary: Mine.\n"
    )


def test_update_of_single_fields(bring, project):
    """`--field` takes only the fields that it names."""
    bring(*IMPORT, "--create-missing", files=FILES)
    path = changed(project, "type: protest", "type: riot")
    changed(project, "2031-03-04", "2031-03")
    bring(*IMPORT, "--update", "--field", "date")
    assert path.read_text(encoding="utf-8") == FIRST.replace("type: protest", "type: riot")


def test_a_record_in_braces_is_not_updated_but_told(bring, project):
    """What cannot be changed line by line stays, and the message says to mend it by hand."""
    bring(*IMPORT, "--create-missing", files=FILES)
    path = project / "content/events/log-1.yml"
    text = "{title: Other, type: protest, date: 2031-03-04, sources: gazette#p1}\n"
    path.write_text(text, encoding="utf-8")
    result = bring(*IMPORT, "--update")
    assert "cannot be updated in place [record-differs]" in result.stdout
    assert path.read_text(encoding="utf-8") == text


def test_a_renamed_record_is_found_by_its_former_id(bring, project, facts):
    """An imported record that an editor renamed is not made a second time."""
    bring(*IMPORT, "--create-missing", files=FILES)
    old = project / "content/events/log-1.yml"
    old.with_name("the-march.yml").write_text(FIRST + "former_ids: log-1\n", encoding="utf-8")
    old.unlink()
    before = facts()
    result = bring(*IMPORT, "--create-missing")
    assert (result.exit_code, facts()) == (0, before), result.output


LISTS = MAPPING.replace(
    '    fields:\n      title: "{what}"', '    file: "log/{kind}"\n    fields:\n      title: "{what}"'
)


def test_many_records_share_a_file(bring, facts, check):
    """With `file` records are items of a list; later rows are added to its end, character for character."""
    files = {**FILES, "log.yml": LISTS}
    bring(*IMPORT, "--create-missing", files=files)
    path = "content/events/log/march.yml"
    before = facts()[path]
    assert before.startswith("- id: log-1\n  title: The dockers march\n")
    bring(*IMPORT, "--create-missing", files={"log.csv": ROWS + "3,06/03/2031,Again,march,Saltmere,,,,\n"})
    assert facts()[path].startswith(before) and "- id: log-3\n" in facts()[path]
    assert check() == ""


def test_a_full_list_goes_on_in_a_further_file(bring, facts, check):
    """After a thousand records a file with the next number is begun, and found again the next time."""
    rows = [f"{n},04/03/2031,March {n},march,Saltmere,,,," for n in range(1, 1003)]
    text = "\n".join((ROWS.splitlines()[0], *rows)) + "\n"
    bring(*IMPORT, files={**FILES, "log.yml": LISTS, "log.csv": text})
    assert facts()["content/events/log/march-2.yml"].count("- id:") == 2
    bring(*IMPORT, files={"log.csv": text + "2000,04/03/2031,Late,march,Saltmere,,,,\n"})
    assert facts()["content/events/log/march-2.yml"].count("- id:") == 3
    assert check() == ""


def test_everything_or_nothing(bring, facts, monkeypatch):
    """Where one file cannot be written, none is: exit code 3, and the collection as it was."""
    real = editing_files.prepare

    def broken(each):
        if each.change.path.name == "log-2.yml":
            raise editing_files.WritingError(each.change.path, "cannot be written: No space left on device")
        real(each)

    monkeypatch.setattr(editing_files, "prepare", broken)
    before = facts()
    result = bring(*IMPORT, "--create-missing", files=FILES)
    assert result.exit_code == 3
    assert "No space left" in result.stderr
    assert {path: text for path, text in facts().items() if path.endswith(".yml")} == before


def test_formulas_and_markup_are_text(bring, facts, check):
    """What a spreadsheet or a browser would run is a text like any other."""
    texts = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(A1)",
        "-2",
        "<script>alert(1)</script>",
        "{braces}",
        "# no: yes",
    ]
    quoted = [text.replace('"', '""') for text in texts]
    rows = "".join(f'{n},04/03/2031,"{text}",march,Saltmere,,,,\n' for n, text in enumerate(quoted, 1))
    result = bring(*IMPORT, files={**FILES, "log.csv": ROWS.splitlines()[0] + "\n" + rows})
    assert result.exit_code == 0, result.output
    assert check() == ""
    for number, text in enumerate(texts, 1):
        assert text in facts()[f"content/events/log-{number}.yml"].splitlines()[0]


def test_a_forbidden_character_is_told_at_its_cell(bring):
    """A bidirectional override in a cell makes its row a bad one."""
    result = bring(
        *IMPORT, "--create-missing", files={**FILES, "log.csv": ROWS.replace("march,", "m\u202earch,", 1)}
    )
    assert "log.csv:2:3: error: row 2, column 'what': forbidden character U+202E" in result.stdout or (
        "[forbidden-character]" in result.stdout
    )


def test_a_withheld_name_is_not_imported(bring, project, facts):
    """A row with a name that must not be published is left out, and no message shows the name."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert "- sourcebook" in text
    lines = ["site_name: x", "plugins:", "  - sourcebook:", "      withheld_names: withheld.txt"]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = {
        **FILES,
        "withheld.txt": "Ode Larkin\n",
        "log.csv": ROWS.replace("The boats lie", "Ode Larkin sings"),
    }
    result = bring(*IMPORT, "--create-missing", files=files)
    assert result.exit_code == 1
    assert "[withheld-name]" in result.stdout and "Larkin" not in result.output
    assert not any("Larkin" in text for text in facts().values())


def test_nothing_is_imported_beside_a_file_that_cannot_be_read(bring, facts):
    """A file of facts that cannot be read may hold the very records: it is told, and nothing is written."""
    files = {**FILES, "content/events/broken.yml": 'title: "open\n'}
    result = bring(*IMPORT, "--create-missing", files=files)
    assert result.exit_code == 1
    assert "content/events/broken.yml:1:8" in result.stdout
    assert not any("log-" in path for path in facts())


def test_an_empty_project_can_be_filled(bring, project, facts, check):
    """A project without any record takes what is brought."""
    for path in ("content", "seeds"):
        shutil.rmtree(project / path)
    source = "records:\n  - {kind: source, name: s, id: log, fields: {title: Log, type: report}}\n"
    mapping = source + MAPPING.replace("gazette#p1", "{record: s}").split("records:\n")[1]
    rows = ROWS.replace("union", "Union of Dockers")
    result = bring(*IMPORT, "--create-missing", files={"log.yml": mapping, "log.csv": rows})
    assert result.exit_code == 0, result.output
    assert check() == ""
    assert {path.split("/")[0] for path in facts()} == {"content", "seeds"}


def test_json_for_programs(bring):
    """`--format json` is one document with all that the summary says, and the messages."""
    found = json.loads(bring(*IMPORT, "--format", "json", files=FILES).stdout)
    assert found["rows"] == 2 and found["rows_left_out"] == 1 and found["written"]
    assert found["new"] == [{"kind": "event", "id": "log-1"}]
    assert found["columns_without_place"] == {
        "more": {"cells": 1, "ignored": False},
        "secret": {"cells": 1, "ignored": True},
    }
    assert found["values_without_place"] == {"kind": {"sail": 1}}
    assert [one["code"] for one in found["diagnostics"]] == ["unknown-reference"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("log.csv",),
        ("nowhere.csv", "--mapping", "log.yml"),
        ("log.csv", "--mapping", "nowhere.yml"),
        ("log.csv", "--as", "aced"),
        (*IMPORT, "--field", "date"),
        (*IMPORT, "--delimiter", "dot"),
        ("--show-mapping",),
    ],
)
def test_wrong_usage(bring, arguments):
    """What is left out, does not exist or does not go together: exit code 2."""
    assert bring(*arguments, files=FILES).exit_code == 2


def test_values_lead_names_to_ids(bring, facts):
    """A list of values may lead a name to an id, which then is what the cell names."""
    mapping = MAPPING.replace("find: place,", "find: place, values: {the town: saltmere},")
    rows = ROWS.replace("Outer Mole", "the town")
    result = bring(*IMPORT, files={"log.yml": mapping, "log.csv": rows})
    assert result.exit_code == 0, result.output
    assert "location: saltmere\n" in facts()["content/events/log-2.yml"]


def test_the_ids_that_editors_complete_are_brought_up_to_date(bring, project):
    """Where the project has schemas, they have the new ids, and the same file again changes nothing."""
    config = ("-f", str(project / "mkdocs.yml"))
    assert CliRunner().invoke(main, ["schema", *config]).exit_code == 0
    assert bring(*IMPORT, "--create-missing", files=FILES).exit_code == 0
    held = (project / "schemas/ids.json").read_text()
    assert '"log-1"' in held and '"outer-mole"' in held
    ended = CliRunner().invoke(main, ["schema", "--check", *config])
    assert (ended.exit_code, ended.output) == (0, "")
    assert bring(*IMPORT, "--create-missing", "--dry-run").stdout == bring(*IMPORT, "--create-missing").stdout
