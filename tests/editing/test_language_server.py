"""In the language service of editors: fields, values and ids are completed, a wrong one is underlined."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.corpus import write_corpus
from editing.language_server import LanguageServer
from sourcebook.cli import main
from sourcebook.reading.files import Project, find_files
from sourcebook.reading.raw_records import read_raw_records

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real():
    """A server on this repository, as a clone is."""
    with LanguageServer(ROOT) as server:
        yield server


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A server on 5,000 invented records."""
    folder = tmp_path_factory.mktemp("large")
    write_corpus(folder, 5000, a_file=50)
    shutil.copytree(ROOT / ".vscode", folder / ".vscode")
    assert CliRunner().invoke(main, ["schema", "-f", str(folder / "mkdocs.yml")]).exit_code == 0
    with LanguageServer(folder) as server:
        yield server


@pytest.fixture(params=["real", "large"])
def server(request):
    """Either of the two."""
    return request.getfixturevalue(request.param)


@cache
def ids(server):
    """The ids of a server's project by kind; no test adds any."""
    found = {}
    for record in read_raw_records(Project(server.folder))[0]:
        found.setdefault(record.kind, []).append(record.id)
    return {kind: sorted(held) for kind, held in found.items()}


def test_fields_are_completed(server):
    """Of a claim its own fields, of an item in it those of the item."""
    fields = server.completions("content/claims/new-1.yml", "cl|")
    assert {"text", "claimant", "claim_date", "about", "sources"} <= set(
        fields
    ) and "participants" not in fields
    parts = server.completions("content/events/new-1.yml", "title: T\nparticipants:\n  - |\n")
    assert {"actor", "role", "claim"} <= set(parts) and "text" not in parts


def test_allowed_values_are_completed(server):
    """Closed lists, those that options lengthen too."""
    kinds = server.completions("content/claims/new-2.yml", "text: T\nclaim_type: |\n")
    assert sorted(kinds) == sorted("factual numerical causal position promise accusation denial".split())
    assert "road_closure" in server.completions("content/events/new-2.yml", "title: T\ntype: |\n")


@pytest.mark.parametrize(
    ("folder", "field", "kinds", "besides"),
    [
        ("claims", "claimant", ["actor", "source"], ["unknown"]),
        ("claims", "qualifies", ["claim"], []),
        ("events", "location", ["place"], []),
        ("claims", "appearance", ["event", "source"], []),
        ("claims", "sources", ["source"], []),
        ("actors", "parent", ["actor"], []),
    ],
)
def test_ids_of_the_right_kind_are_completed(server, folder, field, kinds, besides):
    """A reference is offered every id of the kinds that it may name, and no other."""
    known = ids(server)
    wanted = sorted([*(id for kind in kinds for id in known[kind]), *besides])
    offered = server.completions(f"content/{folder}/new-{field}.yml", f"{field}: |\n")
    assert sorted(offered) == wanted


@pytest.mark.parametrize(
    ("line", "underlined"),
    [
        ("claimant: nobody-at-all", "nobody-at-all"),
        ("claimant: [{place}]", "{place}"),
        ("claim_typ: factual", "claim_typ"),
        ("claim_type: fact", "fact"),
        ("sources: nowhere#p1", "nowhere#p1"),
        ("sources: {source}#para1", "{source}#para1"),
        ("sources: [{{source: {source}, locator: {{label: paragraf, value: 1}}}}]", "paragraf"),
        ("draft: yes", "yes"),
    ],
)
def test_what_is_wrong_is_underlined(server, line, underlined):
    """A wrong id, one of another kind, a wrong key, value or citation: that and nothing else."""
    known = {kind: held[0] for kind, held in ids(server).items()}
    right = {"text": "T", "claimant": known["actor"], "sources": f"{known['source']}#p1"}
    key = line.split(":")[0]
    lines = [f"{name}: {value}" for name, value in right.items() if name != key]
    text = "\n".join([*lines, line.format(**known)]) + "\n"
    found = server.open(f"content/claims/wrong-{abs(hash(line))}.yml", text)
    server.close()
    assert [span for span, _ in found] == [underlined.format(**known)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("claimant: x-y-z", "There is no actor or source with this id."),
        ("claimant: [{actor}, x-y-z]", "There is no actor or source with this id."),
        ("qualifies: [x-y-z]", "There is no claim with this id."),
        ("about: x-y-z", "There is no record with this id."),
        ("appearance: x-y-z", "There is no event or source with this id."),
        (
            "sources: x-y-z",
            "There is no source with this id, or no such place: write source#p4, #p4-5 or #page=12.",
        ),
        ("same_as: x-y-z", "Write a whole address that begins with https://, http:// or mailto:."),
        ("wikidata_id: x-y-z", "This is not a Wikidata id such as Q42: write the Q and its digits alone."),
    ],
)
def test_a_message_is_short(server, line, message):
    """What is wrong is told in a sentence, without a list of all ids or a pattern."""
    known = {kind: held[0] for kind, held in ids(server).items()}
    right = {"text": "T", "claimant": "unknown", "sources": known["source"]}
    lines = [f"{name}: {value}" for name, value in right.items() if not line.startswith(f"{name}:")]
    text = "\n".join([*lines, line.format(**known)]) + "\n"
    found = server.open(f"content/claims/short-{abs(hash(line))}.yml", text)
    server.close()
    assert found == [("x-y-z", message)]


def test_what_is_right_is_not_underlined(server):
    """Of real and invented files, one of each of four kinds, none has a line under it."""
    files = find_files(Project(server.folder)).files
    kinds = {file.kind: file for file in files}
    assert len(kinds) == 6
    for file in sorted(kinds.values(), key=lambda file: file.path.stat().st_size)[:4]:
        name = f"{Path(file.name).parent.as_posix()}/again-{file.path.name}"
        assert server.open(name, file.path.read_text(encoding="utf-8")) == [], file.name
        server.close()
