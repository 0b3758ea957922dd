"""The commands `source add`, `source coverage` and `source verify`: documents and what rests on them."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import click

from sourcebook.cli.check import FORMATS, report_format_option
from sourcebook.cli.completion import SOURCE_ID
from sourcebook.cli.project import (
    CLEAN,
    CONTENT_ERRORS,
    Fault,
    checked_graph,
    config_option,
    format_option,
    report,
    settings_of,
)
from sourcebook.diagnostics.diagnostic import Position, in_order
from sourcebook.diagnostics.reports import visible
from sourcebook.editing.document_text import Document, NoTextError, read_document
from sourcebook.editing.files import WritingError, apply
from sourcebook.editing.sources import NewSource, RefusedError, entries_of, new_source, would_be_published
from sourcebook.graph.documents import compare_documents
from sourcebook.graph.graph import Graph
from sourcebook.pages.source import uses_by_paragraph
from sourcebook.reading.nodes import Plain
from sourcebook.reading.source_texts import SourceText, find_text
from sourcebook.records.fields import did_you_mean, slug
from sourcebook.records.source import Source, SourceType
from sourcebook.site.check import Settings, read_texts

TYPES = get_args(SourceType)
FIRST_WORDS = 80
"""How many characters of a paragraph are shown where it has no gist."""

texts_option = click.option(
    "--source-texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the documents' texts, in place of the option of that name.",
)


@click.group()
def source() -> None:
    """Take documents in, and see what rests on them."""


# source add


FIELDS = {
    "title": "Its title; that which the document states of itself if left out.",
    "publisher": "Who published it: a name, or actor:ID.",
    "container_title": "The newspaper, book or site it appeared in.",
    "issued": "When it was published (EDTF).",
    "accessed": "When it was read (EDTF).",
    "url": "Its address.",
    "archive_url": "The address of a lasting copy.",
    "language": "Its language.",
    "rights": "Who holds the rights, under which licence.",
    "origin": "Whoever its information comes from: a name, or actor:ID.",
}
"""The fields of a source that have an option, with its help."""
AGENTS = frozenset({"author", "publisher", "origin"})


def field_options(command: Any) -> Any:
    """An option for each field of a source that is given on the command line."""
    for name, help_text in reversed(FIELDS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=help_text)(command)
    return command


@source.command("add", short_help="Take in a text, a web page or a PDF.")
@config_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "key", help="Its id; made from the file's name if left out.")
@click.option("--type", "kind", help="What kind of document (CSL), such as report.")
@click.option(
    "--author", multiple=True, help="Who wrote it: a name, or actor:ID; may be given several times."
)
@field_options
@click.option("--dry-run", is_flag=True, help="Write nothing; print the record.")
@format_option
def add(
    config_file: Path,
    file: Path,
    key: str | None,
    kind: str | None,
    author: tuple[str, ...],
    dry_run: bool,
    form: str,
    **given: str | None,
) -> None:
    """Take in a document: plain text, Markdown, a web page (HTML) or a PDF.

    Its record, with a fingerprint of each paragraph, is written among the sources; its text goes into the
    folder of texts, which git has to ignore. On a terminal the command asks for what is missing.

    Example: sourcebook source add report.pdf --type report --issued 2031-05-02
    """
    settings = settings_of(config_file)
    document = document_in(file)
    known: dict[str, Plain] = {name: value for name, value in given.items() if value is not None}
    known |= {"type": kind} if kind else {}
    known |= {"author": list(author)} if author else {}
    asked = ask(file, document, key, known) if on_terminal() and form == "text" else {}
    key = key or str(asked.pop("id", "")) or slug(file.stem)
    made = made_source(settings, key, document, {"type": "document", **known, **asked})
    if not dry_run:
        write(made, settings.root)
        warn_of_document(file, settings)
    tell = told_as_json if form == "json" else told
    click.echo(tell(made, settings, document, dry_run))


def document_in(file: Path) -> Document:
    """The document in a file; one of which no text can be had is a fault of input."""
    try:
        return read_document(file.name, file.read_bytes())
    except NoTextError as error:
        raise Fault(f"{file}: {error}") from None
    except OSError as error:
        raise Fault(f"{file}: {error.strerror}") from None


def made_source(settings: Settings, key: str, document: Document, known: dict[str, Plain]) -> NewSource:
    """The source to be written; where something is wrong with it, that is printed and the command ends."""
    if "title" not in known and "title" not in document.stated:
        raise click.UsageError("the document states no title; give one with --title")
    try:
        made = new_source(
            settings, key, document, {name: agent(name, value) for name, value in known.items()}
        )
    except RefusedError as error:
        raise Fault(visible(str(error))) from None
    report(in_order(made.diagnostics), strict=False, max_errors=None)
    return made


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def ask(file: Path, document: Document, key: str | None, known: dict[str, Plain]) -> dict[str, Plain]:
    """What is asked for on a terminal: what the options leave open, with what the document states offered."""
    answers: dict[str, Plain] = {}
    if key is None:
        answers["id"] = click.prompt("Id", default=slug(file.stem) or None)
    for name, question, offered in (
        ("title", "Title", document.stated.get("title")),
        (
            "type",
            "Type (CSL)",
            "webpage" if file.suffix.lower() in (".html", ".htm", ".xhtml") else "document",
        ),
        ("issued", "Issued (EDTF; empty if it is not stated)", document.stated.get("issued", "")),
    ):
        if name not in known:
            answers[name] = click.prompt(question, default=offered, show_default=bool(offered))
    return {name: answer for name, answer in answers.items() if answer}


def agent(name: str, value: Plain) -> Plain:
    """Somebody as the record has them: `actor:ID` is an actor of the collection."""
    if isinstance(value, list):
        return [agent(name, item) for item in value]
    if name in AGENTS and isinstance(value, str) and value.startswith("actor:"):
        return {"actor": value.removeprefix("actor:")}
    return value


def warn_of_document(file: Path, settings: Settings) -> None:
    """Say so where the document itself lies where git would take it."""
    if would_be_published(settings, file):
        message = f"{file} itself lies in the project, and git would take it: move it elsewhere"
        click.echo(message, err=True)


def write(made: NewSource, root: Path) -> None:
    """Write the record and the text, or neither."""
    try:
        apply((made.record, made.text, *made.ids), root)
    except WritingError as error:
        raise Fault(f"{error.path}: {error.reason}; nothing was changed") from None


def told(made: NewSource, settings: Settings, document: Document, dry_run: bool) -> str:
    """What was written, for people."""
    if dry_run:
        return made.yaml.rstrip("\n")
    record, text = (name_of(path, settings) for path in (made.record.path, made.text.path))
    number = len(document.paragraphs)
    return f"{record}: written, with {number} paragraph{'s' * (number != 1)}\n{text}: written; git ignores it"


def told_as_json(made: NewSource, settings: Settings, document: Document, dry_run: bool) -> str:
    """What was written, for programs."""
    return dumped(
        {
            "written": not dry_run,
            "id": made.id,
            "record": name_of(made.record.path, settings),
            "text": name_of(made.text.path, settings),
            "paragraphs": len(document.paragraphs),
            "yaml": made.yaml,
        }
    )


def name_of(path: Path, settings: Settings) -> str:
    """A path from the project's folder; as it is outside of it."""
    return path.relative_to(settings.root).as_posix() if path.is_relative_to(settings.root) else str(path)


def dumped(document: object) -> str:
    """A document for programs."""
    return json.dumps(document, indent=2, ensure_ascii=False)


# source coverage


@source.command(short_help="List the paragraphs on which no fact rests.")
@config_option
@click.argument("id", required=False, type=SOURCE_ID)
@format_option
def coverage(config_file: Path, id: str | None, form: str) -> None:
    """List the paragraphs on which no fact rests, of one document or of all.

    Example: sourcebook source coverage some-report
    """
    settings = settings_of(config_file)
    _, graph = checked_graph(settings)
    known = {one.id: one for one in graph.of_kind(Source)}
    texts, _ = read_texts(settings, None)
    rows = [covered(graph, known[key], texts) for key in chosen((id,) if id else (), known)]
    if form == "json":
        click.echo(dumped({"sources": rows}))
        return
    for row in rows:
        for paragraph in row["unused"]:
            place = Position(row["file"], paragraph["line"], paragraph["column"])
            words = f": {paragraph['words']}" if paragraph["words"] else ""
            click.echo(visible(f"{place}: paragraph {paragraph['number']}{words}"))
        click.echo(f"{row['id']}: facts rest on {row['cited']} of {row['paragraphs']} paragraphs", err=True)


def covered(graph: Graph, one: Source, texts: Sequence[SourceText]) -> dict[str, Any]:
    """A source: how many of its paragraphs facts rest on, and the others with their places and words."""
    entry = graph.entries[one.id]
    by_number = uses_by_paragraph(one, graph.uses.get(one.id, ()))
    places = {paragraph.number: place for place, paragraph in enumerate(one.paragraphs)}
    text = find_text(texts, one.id, one.sha256)
    unused = []
    for number in (number for number, uses in by_number.items() if not uses):
        position = entry.position(("paragraphs", places[number]))
        words = one.paragraphs[places[number]].gist or first_words(text, number)
        unused.append({"number": number, "line": position.line, "column": position.column, "words": words})
    return {
        "id": one.id,
        "file": entry.file,
        "paragraphs": len(by_number),
        "cited": len(by_number) - len(unused),
        "unused": unused,
    }


def first_words(text: SourceText | None, number: int) -> str:
    """The first words of a paragraph of a text that is at hand; empty where it is not."""
    if text is None or number > len(text.paragraphs):
        return ""
    words = " ".join(text.paragraphs[number - 1].split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rpartition(" ")[0] + " …"


def chosen(ids: Sequence[str], known: Iterable[str]) -> Iterator[str]:
    """The sources that are named, all where none is; one that does not exist is wrong usage."""
    names = tuple(known)
    for name in ids:
        if name not in names:
            raise click.UsageError(visible(f"there is no source '{name}'; {did_you_mean(name, names)}"))
    return iter(ids or names)


# source verify


@source.command(short_help="Compare paragraphs and quotes with the texts.")
@config_option
@click.argument("ids", nargs=-1, type=SOURCE_ID)
@texts_option
@report_format_option
def verify(config_file: Path, ids: tuple[str, ...], source_texts: Path | None, form: str) -> None:
    """Compare paragraphs and quotes with the documents' texts, where these are at hand.

    Example: sourcebook source verify some-report --source-texts ~/documents
    """
    settings = settings_of(config_file)
    entries = {entry.record.id: entry for entry in reversed(entries_of(settings))}
    texts, unreadable = read_texts(settings, source_texts)
    known = [name for name, entry in entries.items() if isinstance(entry.record, Source)]
    wanted = set(chosen(ids, known))
    compared = [one for one in compare_documents(entries, texts) if one.source in wanted]
    found = in_order([*unreadable, *(problem for one in compared for problem in one.tally.problems)])
    click.echo(FORMATS[form](found, max_errors=None), nl=False)
    if form == "text":
        for one in sorted(compared, key=lambda one: one.source):
            click.echo(f"{one.source}: {one.tally if one.text else 'its text is not at hand'}", err=True)
    sys.exit(CONTENT_ERRORS if found else CLEAN)
