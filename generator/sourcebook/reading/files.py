"""The project's input files: which YAML file holds records of which kind.

In: the project's folder and the names of its two input folders. Out: the files in the order of their
names, and diagnostics. The rule it guards: the folder gives the kind, nothing is followed out of the
folders, and no file that an editor meant as a record is passed over in silence.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, in_order
from sourcebook.reading.characters import without_forbidden

KINDS = {
    "actor": "actors",
    "event": "events",
    "claim": "claims",
    "dispute": "disputes",
    "place": "places",
    "source": "sources",
}
"""The folder, and the word in addresses, of each kind of record."""

CONTENT_FOLDERS = {plural: kind for kind, plural in KINDS.items() if kind != "source"}
"""The kind that each folder below the content folder gives; sources lie in the seeds folder."""

_SUFFIXES = (".yml", ".yaml")
_MEANT = re.compile(r"(?P<stem>.+)(?P<suffix>\.ya?ml)(\.txt)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder, and its two input folders relative to it, with forward slashes."""

    root: Path
    content_dir: str = "content"
    seeds_dir: str = "seeds"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of records; `name` is its path relative to the project's folder, with forward slashes."""

    path: Path
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """The input files in the order of their names, and what is wrong with the folders."""

    files: tuple[InputFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_files(project: Project) -> Found:
    """Find every YAML file under the two folders; hidden ones and other suffixes are ignored.

    A name that only a machine's habits keep from being that of a YAML file, as `x.yml.txt`, is reported.
    """
    found = [*_content(project), *_seeds(project)]
    files = sorted((each for each in found if isinstance(each, InputFile)), key=lambda file: file.name)
    diagnostics = [each for each in found if isinstance(each, Diagnostic)]
    if not diagnostics and all(file.kind == "source" for file in files):
        diagnostics.append(_empty(project))
    return Found(tuple(files), in_order(diagnostics))


def _content(project: Project) -> Iterator[InputFile | Diagnostic]:
    content, seeds = project.root / project.content_dir, project.root / project.seeds_dir
    overlap = seeds.is_relative_to(content) or content.is_relative_to(seeds)
    for each in _walk(project.root, content):
        if isinstance(each, Diagnostic):
            yield each
        elif not (overlap and each.is_relative_to(seeds)):
            yield _content_file(project, each)


def _content_file(project: Project, path: Path) -> InputFile | Diagnostic:
    folders = path.relative_to(project.root / project.content_dir).parts[:-1]
    kind = CONTENT_FOLDERS.get(folders[0]) if folders else None
    if kind is None:
        return _misplaced(project, path, folders)
    return InputFile(path, _name(project.root, path), kind)


def _seeds(project: Project) -> Iterator[InputFile | Diagnostic]:
    for each in _walk(project.root, project.root / project.seeds_dir):
        if isinstance(each, Diagnostic):
            yield each
        else:
            yield InputFile(each, _name(project.root, each), "source")


def _walk(root: Path, folder: Path) -> Iterator[Path | Diagnostic]:
    # No link is followed; a folder that does not exist holds nothing.
    if folder.is_symlink():
        yield _symlink(root, folder)
        return
    try:
        with os.scandir(folder) as scan:
            entries = [entry for entry in scan if not entry.name.startswith(".")]
    except FileNotFoundError:
        return
    except OSError as error:
        yield unreadable(_name(root, folder), error)
        return
    for entry in entries:
        yield from _entry(root, entry)


def _entry(root: Path, entry: "os.DirEntry[str]") -> Iterator[Path | Diagnostic]:
    path = Path(entry.path)
    if entry.is_symlink():
        yield _symlink(root, path)
    elif entry.is_dir(follow_symlinks=False):
        yield from _walk(root, path)
    elif path.suffix in _SUFFIXES and entry.is_file(follow_symlinks=False):
        yield path
    elif path.suffix in _SUFFIXES:
        message = "this is not a file but a pipe, a socket or a device"
        yield Diagnostic(Code.UNREADABLE_FILE, Position(_name(root, path)), message, "put a file here")
    elif meant := _MEANT.fullmatch(path.name):
        name = path.with_name(meant["stem"] + meant["suffix"].lower())
        message = "this file is not read, as its name ends neither in .yml nor in .yaml"
        hint = f"rename it to {_name(root, name)}"
        yield Diagnostic(Code.PASSED_OVER, Position(_name(root, path)), message, hint)


def links_below(root: Path, folder: Path) -> Iterator[Diagnostic]:
    """Report each symbolic link among the hand-written pages, and their folder if it is one.

    What is hidden is no part of a site, and editors leave links of that kind.
    """
    if folder.is_symlink():
        yield _symlink(root, folder)
        return
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = (Path(top, name) for name in sorted([*folders, *names]) if not name.startswith("."))
        yield from (_symlink(root, path) for path in shown if path.is_symlink())


def _name(root: Path, path: Path) -> str:
    # A name may hold bytes that are no text, and characters that would change a message on a terminal.
    name = os.fsencode(_below(root, path).replace(os.sep, "/")).decode("utf-8", "replace")
    return without_forbidden(name).replace("\n", "\N{REPLACEMENT CHARACTER}")


def _below(root: Path, path: Path) -> str:
    """A path relative to the project's folder; what lies straight below it need not be worked out."""
    folder, whole = f"{root}{os.sep}", str(path)
    if whole.startswith(folder) and os.pardir not in whole:
        return whole[len(folder) :]
    return os.path.relpath(path, root)


def unreadable(name: str, error: OSError) -> Diagnostic:
    """Report a file or folder that the system does not let us read, in the system's words."""
    message = f"cannot be read: {error.strerror or error}"
    return Diagnostic(
        Code.UNREADABLE_FILE, Position(name), message, "check that it is there, and its permissions"
    )


def _symlink(root: Path, path: Path) -> Diagnostic:
    hint = "put the file or folder itself here"
    return Diagnostic(Code.SYMLINK, Position(_name(root, path)), "a symbolic link is not followed", hint)


def _empty(project: Project) -> Diagnostic:
    content = project.root / project.content_dir
    what = "has no record" if content.is_dir() else "does not exist"
    hint = f"add a first record, such as {project.content_dir}/actors/red-cross.yml, or check `content_dir`"
    position = Position(project.content_dir)
    return Diagnostic(Code.EMPTY_CONTENT, position, f"the content folder {what}", hint)


def _misplaced(project: Project, path: Path, folders: tuple[str, ...]) -> Diagnostic:
    message = "no kind of record is kept in this folder"
    position = Position(_name(project.root, path))
    return Diagnostic(Code.MISPLACED_FILE, position, message, _where_to(project, folders))


def _where_to(project: Project, folders: tuple[str, ...]) -> str:
    places = {**{folder: f"{project.content_dir}/{folder}" for folder in CONTENT_FOLDERS}}
    places["sources"] = places["seeds"] = project.seeds_dir
    for folder in folders:
        for near in get_close_matches(folder.lower(), places, n=1):
            return f"move it to {places[near]}/"
    *most, last = CONTENT_FOLDERS
    return f"move it to {', '.join(most)} or {last} below {project.content_dir}/"


def stem(name: str) -> str:
    """Return the last part of a file's name without its suffix: the id of a record that names none."""
    return PurePosixPath(name).stem
