"""Taking a document into the collection: its record among the sources, its text where git does not look.

In: a document and what is known of it. Out: the two files to write. The rule it guards: the text of a
document, which usually is somebody's copyright, is not put where git would take it.
"""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors
from sourcebook.editing.canonical import canonical_yaml
from sourcebook.editing.document_text import Document
from sourcebook.editing.files import Change, new_file
from sourcebook.editing.schema_files import ids_changed
from sourcebook.reading.files import InputFile, Project
from sourcebook.reading.nodes import Plain
from sourcebook.reading.raw_records import read_raw_records, records_of
from sourcebook.reading.source_texts import fingerprint
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import Entry, load_records
from sourcebook.records.rules import check_record
from sourcebook.records.source import Source
from sourcebook.site.check import Settings


class RefusedError(Exception):
    """A source that is not taken in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be written: its id, its record as YAML, the files, and what is wrong with it.

    `ids` is the change of the ids that editors complete, where the project has them.
    """

    id: str
    yaml: str
    record: Change
    text: Change
    ids: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def new_source(settings: Settings, id: str, document: Document, known: Mapping[str, Plain]) -> NewSource:
    """The record and the text of a document; raises RefusedError where they must not be written.

    What is known comes before what the document states of itself; of the latter, what is of the wrong form
    is left out.
    """
    entries = entries_of(settings)
    refuse_taken(entries, id)
    folder = folder_of_texts(settings)
    text = document.text.encode("utf-8")
    record: dict[str, Plain] = {**well_formed(id, document, known), **known, **fingerprints(document, text)}
    yaml = canonical_yaml("source", record)
    path = new_file(settings, "source", id)
    return NewSource(
        id,
        yaml,
        Change(path, None, yaml.encode("utf-8")),
        Change(folder / f"{id}.txt", None, text),
        ids_changed(settings, [("source", id), *((entry.kind, entry.record.id) for entry in entries)]),
        problems(settings, id, path, yaml),
    )


def fingerprints(document: Document, text: bytes) -> dict[str, Plain]:
    """The fingerprints of a text and of each of its paragraphs, as a record has them."""
    numbered: list[Plain] = [
        {"number": str(number), "sha256": fingerprint(paragraph)}
        for number, paragraph in enumerate(document.paragraphs, 1)
    ]
    return {"sha256": sha256(text).hexdigest(), "paragraphs": numbered}


def well_formed(id: str, document: Document, known: Mapping[str, Plain]) -> dict[str, Plain]:
    """What a document states of itself and the format can hold."""
    stated: dict[str, Plain] = {name: value for name, value in document.stated.items() if name not in known}
    try:
        Source.model_validate({"id": id, "title": "…", "type": "document", **stated})
    except ValidationError as error:
        wrong = {details["loc"][0] for details in error.errors(include_url=False) if details["loc"]}
        return {name: value for name, value in stated.items() if name not in wrong}
    return stated


def problems(settings: Settings, id: str, path: Path, yaml: str) -> tuple[Diagnostic, ...]:
    """What the check would say of the record, and of its id as it was given.

    The name of the file does not tell: an id that is a path leads to another file, or out of the project.
    """
    name = f"{settings.collection.seeds_dir}/{id}.yml"
    reading = read_yaml(yaml.encode("utf-8"), name)
    raw, found = records_of(reading, InputFile(path, name, "source"))
    entries, invalid = load_records((replace(each, id=id) for each in raw), settings.collection)
    of_record = (each for entry in entries if entry.whole for each in check_record(entry))
    return tuple(each for each in (*found, *invalid, *of_record) if has_errors([each]))


# Ids -----------------------------------------------------------------------------------------------


def refuse_taken(entries: Iterable[Entry], id: str) -> None:
    """Raise RefusedError where a record of any kind has the id, or once had it."""
    for name, file in taken_ids(entries):
        if name == id:
            raise RefusedError(f"the id '{id}' is taken, in {file}; give another one with --id")


def taken_ids(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Every id of the collection, former ones too, with the file in which it stands."""
    for entry in entries:
        for name in (entry.record.id, *entry.record.former_ids):
            yield name, entry.file


def entries_of(settings: Settings) -> tuple[Entry, ...]:
    """Every record of a project, those with faults too."""
    collection = settings.collection
    raw, _ = read_raw_records(Project(settings.root, collection.content_dir, collection.seeds_dir))
    return load_records(raw, collection)[0]


# The folder of texts -------------------------------------------------------------------------------


def folder_of_texts(settings: Settings) -> Path:
    """The folder in which the documents' texts lie; raises RefusedError where git would take them."""
    option = settings.collection.source_texts
    if option is None:
        raise RefusedError(
            f"{settings.config_file.name} does not say where the documents’ texts lie: add "
            "`source_texts: source_texts` below `sourcebook`, and /source_texts/ to .gitignore"
        )
    folder = settings.root / option
    if is_taken_by_git(settings.root, folder / "text.txt"):
        raise RefusedError(
            f"git does not ignore the folder {option}, and the text would be published with the repository: "
            f"add /{option.strip('/')}/ to .gitignore"
        )
    return folder


def would_be_published(settings: Settings, file: Path) -> bool:
    """Whether the document itself lies in the project where git would take it, now or once there is one."""
    file = file.resolve()
    return file.is_relative_to(settings.root.resolve()) and said_by_git(settings.root, file) != IGNORED


def is_taken_by_git(root: Path, path: Path) -> bool:
    """Whether git would take a file; it takes none outside of a repository."""
    return said_by_git(root, path) == NOT_IGNORED


IGNORED, NOT_IGNORED, NO_REPOSITORY = 0, 1, 128
"""What `git check-ignore` ends with; the last one for a path outside of the repository, too."""


def said_by_git(root: Path, path: Path) -> int:
    """Whether git ignores a file."""
    command = ["git", "-C", str(root), "check-ignore", "--quiet", "--", str(path.absolute())]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return NO_REPOSITORY
