"""A small project to begin with: an invented story, and all that its site needs.

In: a folder, and what is known of the collection. Out: the files to write. The rule it guards: a folder with
anything in it is left alone, and what was answered is data in every file, never markup or YAML.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pydantic import ValidationError

from sourcebook import __version__
from sourcebook.editing.files import Change
from sourcebook.editing.schema import schemas
from sourcebook.editing.schema_files import SCHEMAS, ids_by_kind
from sourcebook.markdown.inert import inert, web_address
from sourcebook.reading.files import CONTENT_FOLDERS, InputFile
from sourcebook.reading.raw_records import records_of
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.collection import Collection

FILES = resources.files("sourcebook.editing") / "starter_files"
HIDDEN = "dot-"
"""What the name of a file or folder begins with in place of the dot of a hidden one."""
FILLED = frozenset({"mkdocs.yml", "README.md", "requirements.txt", "docs/index.md"})
"""The files in which the answers stand."""
PACKAGE, WHEELS = "sourcebook[documents]", "wheels"
"""What a project installs, and the folder in which a wheel comes with it."""
MAY_BE_THERE = frozenset({".git", ".venv", "venv"})
"""What may lie in a folder that counts as empty: a repository, an environment."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a new collection; what is empty is left out."""

    title: str
    language: str = "en"
    licence: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that the format does not take: the field, what is wrong, and what to do."""

    field: str
    message: str
    hint: str


def wrong_answers(answers: Answers) -> Iterator[WrongAnswer]:
    """What is wrong with the answers, in their order."""
    if not answers.title.strip():
        yield WrongAnswer("title", "the title is empty", "give the collection a name")
    try:
        Collection.model_validate({name: value for name, value in options(answers).items() if value.strip()})
    except ValidationError as error:
        for details in error.errors(include_url=False):
            context = details.get("ctx", {})
            yield WrongAnswer(
                str(details["loc"][0]), context.get("message", details["msg"]), context.get("hint", "")
            )


def options(answers: Answers) -> dict[str, str]:
    """The plugin's options that follow from the answers."""
    found = {
        "title": answers.title,
        "language": answers.language,
        "licence": answers.licence,
        "contact": answers.contact,
        "corrections": mail_link(answers.contact),
    }
    return {name: value for name, value in found.items() if value}


def mail_link(contact: str) -> str:
    """The address of a link for writing to a contact; empty where it is no mail address."""
    return web_address(f"mailto:{contact}") or "" if "@" in contact else ""


def in_the_way(folder: Path) -> tuple[str, ...]:
    """What lies in a folder already, but for a repository and an environment; raises OSError."""
    if not folder.exists():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.name not in MAY_BE_THERE))


def starter(folder: Path, answers: Answers, direct_url: str = "") -> tuple[Change, ...]:
    """The files of the project, by path; `direct_url` tells whence the program was installed (PEP 610)."""
    wanted, wheel = requirement(direct_url)
    values = {
        "requirement": wanted,
        "title": in_yaml(answers.title),
        "heading": inert(answers.title),
        "options": "\n".join(f"      {name}: {in_yaml(value)}" for name, value in options(answers).items()),
    }
    files = {path: filled(text, values) if path in FILLED else text for path, text in starter_files()}
    files |= {f"{WHEELS}/{wheel.name}": wheel.read_bytes()} if wheel else {}
    files |= {f"{SCHEMAS}/{name}": text.encode() for name, text in starter_schemas(files, answers).items()}
    return tuple(Change(folder / path, None, text) for path, text in sorted(files.items()))


FROM_AN_INDEX = f"""\
# The release that began this project, or a later one. Where no package index has it, put one of these in
# place of the line below; the workflows on GitHub need one that they can reach, too:
#   ./{WHEELS}/NAME-OF-THE-WHEEL.whl[documents]     a wheel that you put into the folder {WHEELS}/
#   {PACKAGE} @ git+https://ADDRESS-OF-ITS-REPOSITORY
{PACKAGE}>={__version__}"""


def requirement(direct_url: str) -> tuple[str, Path | None]:
    """What the project needs, for pip, in the way that this program was installed; a wheel comes with it.

    The folder of a copy of the source is not told: nobody else has it, and it may tell whose it is.
    """
    try:
        told = json.loads(direct_url or "{}")
        url, version_control = str(told["url"]), told.get("vcs_info")
    except (ValueError, LookupError, TypeError, AttributeError):
        return FROM_AN_INDEX, None
    below = f"#subdirectory={told['subdirectory']}" if told.get("subdirectory") else ""
    if url.startswith("https://"):
        at = f"{version_control['vcs']}+{url}@{version_control['commit_id']}" if version_control else url
        return f"{PACKAGE} @ {at}{below}", None
    wheel = Path(url2pathname(urlsplit(url).path))
    if url.startswith("file://") and wheel.suffix == ".whl" and wheel.is_file():
        return f"./{WHEELS}/{wheel.name}[documents]", wheel
    return FROM_AN_INDEX, None


def starter_schemas(files: Mapping[str, bytes], answers: Answers) -> dict[str, str]:
    """The schemas of the project by name, with the ids of the records in its files."""
    ids = [
        (record.kind, record.id)
        for path, text in files.items()
        if (kind := kind_of_file(path))
        for record in records_of(read_yaml(text, path), InputFile(Path(path), path, kind))[0]
    ]
    return schemas(Collection.model_validate(options(answers)), ids_by_kind(ids))


def kind_of_file(path: str) -> str | None:
    """The kind of the records in a file of the project; None where it is no file of facts."""
    top, *below = path.split("/")
    if top == "seeds":
        return "source"
    return CONTENT_FOLDERS[below[0]] if top == "content" else None


def filled(text: bytes, values: Mapping[str, str]) -> bytes:
    """A file with the answers in their places."""
    return Template(text.decode("utf-8")).substitute(values).encode("utf-8")


def in_yaml(text: str) -> str:
    """A text as YAML: a text in JSON is one in YAML, too."""
    return json.dumps(text, ensure_ascii=False)


def starter_files() -> Iterator[tuple[str, bytes]]:
    """The files as they are packaged, by the path that each gets in a project."""
    with resources.as_file(FILES) as folder:
        for path in folder.rglob("*"):
            if path.is_file():
                parts = path.relative_to(folder).parts
                yield "/".join(shown(part) for part in parts), path.read_bytes()


def shown(name: str) -> str:
    """The name of a file or folder in a project."""
    return f".{name.removeprefix(HIDDEN)}" if name.startswith(HIDDEN) else name
