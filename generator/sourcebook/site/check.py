"""Reading a project and checking every fact in it.

In: a project's folder with its mkdocs.yml. Out: the linked graph, or None where there is an error, and every
diagnostic of the run. The rule it guards: nothing is made before everything is valid, and all mistakes of a
run are told at once.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, has_errors, in_order
from sourcebook.graph.checks import check_links, duplicate_ids
from sourcebook.graph.documents import Tally, check_documents
from sourcebook.graph.graph import Graph, Site, build_graph
from sourcebook.graph.questions import contested_without_dispute, in_reports
from sourcebook.reading.files import Project, links_below
from sourcebook.reading.history import read_history
from sourcebook.reading.mkdocs_yml import PluginOptions, SiteFacts, read_plugin_options
from sourcebook.reading.nodes import Mapping
from sourcebook.reading.raw_records import RawRecord, read_raw_records
from sourcebook.reading.source_texts import SourceText, read_source_texts
from sourcebook.reading.withheld import Withheld, names_in_project, read_withheld, without_names
from sourcebook.reading.words import at_their_words
from sourcebook.records.collection import Collection
from sourcebook.records.load import Entry, load_collection, load_records
from sourcebook.records.rules import check_record
from sourcebook.site.handwritten import no_text_pages, unknown_markers
from sourcebook.site.progress import progress

CONFIG_FILE = "mkdocs.yml"


@dataclass(frozen=True)
class Settings:
    """A project: its folder, the collection's options, what mkdocs.yml says of the site, its errors."""

    root: Path
    config_file: Path
    collection: Collection
    site: SiteFacts
    diagnostics: tuple[Diagnostic, ...]

    @property
    def docs_dir(self) -> Path:
        """The folder of the hand-written pages."""
        return self.root / (self.site.docs_dir or "docs")

    @property
    def directory_urls(self) -> bool:
        """Whether a page's address is a folder's; so it is where mkdocs.yml does not say otherwise."""
        return (self.site.use_directory_urls or "").lower() not in ("false", "no", "off")

    @property
    def templates_dir(self) -> Path:
        """The folder of the project's own templates; it need not exist."""
        return self.root / self.collection.templates_dir


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: the graph if there is no error, what was found, and what was compared.

    `unread` has the files of which no record could be read.
    """

    graph: Graph | None
    diagnostics: tuple[Diagnostic, ...]
    tally: Tally
    records: dict[str, int]
    withheld: Withheld
    has_texts: bool = False
    unread: frozenset[str] = frozenset()


def read_settings(config_file: Path) -> Settings:
    """The settings of the project whose mkdocs.yml is given; an unreadable one raises OSError."""
    options: PluginOptions = read_plugin_options(config_file.read_bytes(), config_file.name)
    if options.options is None:
        return Settings(config_file.parent, config_file, Collection(), options.site, options.diagnostics)
    collection, problems = load_collection(options.options, config_file.name)
    found = (*options.diagnostics, *problems)
    settings = Settings(config_file.parent, config_file, collection, options.site, found)
    return replace(settings, diagnostics=(*found, *texts_among_pages(settings, options.options)))


def texts_among_pages(settings: Settings, options: Mapping) -> Iterator[Diagnostic]:
    """An error where the documents' texts lie in the folder of the pages, which is published whole."""
    folder = settings.collection.source_texts
    if folder and (settings.root / folder).resolve().is_relative_to(settings.docs_dir.resolve()):
        named = options.entries["source_texts"].value
        yield Diagnostic(
            Code.BAD_OPTION,
            Position(settings.config_file.name, named.line, named.column),
            f"'{folder}' lies in the folder of the pages, so that the documents' texts would be published",
            "give a folder beside it, and keep that out of git",
        )


class FactsRead(NamedTuple):
    """All records of a project: as they stand in the files, and typed; and what is wrong with either."""

    raw: tuple[RawRecord, ...]
    found: tuple[Diagnostic, ...]
    entries: tuple[Entry, ...]
    invalid: tuple[Diagnostic, ...]


def read_facts(project: Project, collection: Collection) -> FactsRead:
    """Read all records of a project."""
    raw, found = read_raw_records(project)
    entries, invalid = load_records(progress(raw, "Reading facts"), collection)
    return FactsRead(raw, found, entries, at_their_words(invalid, project.root.joinpath))


def check_project(
    settings: Settings,
    source_texts: Path | None = None,
    read: Callable[[Project, Collection], FactsRead] = read_facts,
) -> Checked:
    """Check every fact of a project; `source_texts` stands in for the option of that name."""
    collection = settings.collection
    project = Project(settings.root, collection.content_dir, collection.seeds_dir)
    raw, found, entries, invalid = read(project, collection)
    by_id = {entry.record.id: entry for entry in reversed(entries)}
    texts, unreadable = read_texts(settings, source_texts)
    tally = check_documents(by_id, texts)
    withheld, no_list = read_withheld(settings.root, collection.withheld_names)
    diagnostics = [*settings.diagnostics, *found, *invalid, *unreadable, *tally.problems, *no_list]
    unread = unread_files(raw, found)
    diagnostics += fact_diagnostics(raw, entries, by_id, unread)
    diagnostics += names_in_project(withheld, settings.root, never_published(collection))
    diagnostics += links_below(settings.root, settings.docs_dir)
    diagnostics += no_text_pages(settings.docs_dir, settings.root)
    diagnostics += unknown_markers(settings.docs_dir, settings.root)
    graph = None
    if not has_errors(diagnostics):
        history = read_history(settings.root, collection.content_dir, collection.seeds_dir)
        linked = build_graph(entries, collection, edit_base(settings.site), published_site(settings))
        graph = replace(linked, history=history)
        diagnostics += graph_warnings(graph)
    shown = in_order(without_names(withheld, diagnostics))
    return Checked(graph, shown, tally, count_records(raw), withheld, bool(texts), unread)


def graph_warnings(graph: Graph) -> tuple[Diagnostic, ...]:
    """What the records as a whole lack."""
    return tuple(in_reports(graph, contested_without_dispute(graph)))


def fact_diagnostics(
    raw: tuple[RawRecord, ...], entries: Iterable[Entry], by_id: dict[str, Entry], unread: frozenset[str]
) -> Iterator[Diagnostic]:
    """What is wrong in and between the records."""
    yield from duplicate_ids(raw)
    for entry in entries:
        if entry.whole:
            yield from check_record(entry)
    # A record that is itself invalid still is what references to it mean.
    taken = {record.id: (record.kind, record.file) for record in reversed(raw)}
    yield from check_links(by_id, taken, unread)


def unread_files(raw: Iterable[RawRecord], found: Iterable[Diagnostic]) -> frozenset[str]:
    """Files with an error because of which no record of theirs was read."""
    faulty = frozenset(
        one.position.file for one in found if has_errors([one]) and one.code is not Code.EMPTY_CONTENT
    )
    return faulty - {record.file for record in raw}


def read_texts(
    settings: Settings, folder: Path | None
) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """The documents' texts that are at hand."""
    if folder is None and settings.collection.source_texts:
        folder = settings.root / settings.collection.source_texts
    return read_source_texts(folder) if folder else ((), ())


def never_published(collection: Collection) -> tuple[str, ...]:
    """The folders of the project that are kept out of git by the format."""
    return (collection.source_texts.rstrip("/"),) if collection.source_texts else ()


def count_records(raw: Iterable[RawRecord]) -> dict[str, int]:
    """How many records of each kind were read."""
    counts: dict[str, int] = {}
    for record in raw:
        counts[record.kind] = counts.get(record.kind, 0) + 1
    return counts


def published_site(settings: Settings) -> Site:
    """The name (the collection's title comes first) and the address of the site, from mkdocs.yml."""
    site, title = settings.site, settings.collection.title
    address = site.site_url or ""
    return Site(
        name=title.value if title else site.site_name or "",
        address=address.rstrip("/") + "/" if address.startswith(("https://", "http://")) else "",
        directory_urls=settings.directory_urls,
        has_data=settings.collection.data,
    )


def edit_base(site: SiteFacts) -> str | None:
    """The web address of the project's folder in an editor, from MkDocs' `edit_uri`; None without one."""
    if not site.edit_uri:
        return None
    docs = urljoin((site.repo_url or "").rstrip("/") + "/" if site.repo_url else "", site.edit_uri)
    if not docs.startswith(("https://", "http://")):
        return None
    up = posixpath.relpath(".", site.docs_dir or "docs")
    return urljoin(docs.rstrip("/") + "/", up + "/")
