"""Ending a build that would make what is published already.

In: MkDocs' configuration, the project's settings. Out: the end of the build, or what is kept for the next.
The rule it guards: in any doubt everything is built; and what a build has told is told again.
"""

import hashlib
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from pathspec import PathSpec

import sourcebook
from sourcebook.mkdocs_plugin.known import KNOWN_PLUGINS, is_of_packages, unchecked_extensions
from sourcebook.mkdocs_plugin.strictness import log, refused_by_strict
from sourcebook.reading.history import commit_of
from sourcebook.site import manifest as kept
from sourcebook.site.manifest import DoubtError, Manifest, States, Told
from sourcebook.site.pagefind import program
from sourcebook.site.publish import is_unfinished

if TYPE_CHECKING:
    from sourcebook.graph.graph import Graph
    from sourcebook.site.check import Settings

FORMAT = "2"
KNOWN_MAKERS = ("mkdocs.", "material.", "sourcebook.")
"""Where the plugins come from of which it is known what they read."""


class Listener(logging.Handler):
    """Writes down the warnings of a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[Told] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write a message down."""
        self.told.append((record.levelno, record.name, record.getMessage()))


@dataclass
class Memory:
    """What is known of the last build, and what this one has to keep for the next.

    `inputs` are the files that the last build read, `published` those that it made, as they are now, as far
    as they have been looked at; `facts` are folders of which pages write down what they read.
    """

    root: Path
    key: str
    commit: str | None
    last: Manifest
    inputs: States = field(default_factory=dict)
    published: States = field(default_factory=dict)
    places: tuple[Path, ...] = ()
    facts: tuple[Path, ...] = ()
    listener: Listener = field(default_factory=Listener)

    def take_in(self, config: MkDocsConfig, settings: "Settings") -> bool:
        """Take down the files that a project's site is made of; False where nothing can or may be kept."""
        # Withheld names are looked for in every file of the project.
        if not settings.collection.cache or settings.collection.withheld_names:
            return False
        self.places = inputs_of(config, settings)
        collection = settings.collection
        folders = (settings.root / folder for folder in (collection.content_dir, collection.seeds_dir))
        self.facts = (*folders, Path(config.docs_dir))
        if self.inputs and self.last.places == tuple(map(str, self.places)):
            return True
        try:
            now = kept.disk_time(self.root)
            self.inputs = kept.states(kept.found_files(*self.places), self.last.inputs, now)
        except (OSError, ValueError, DoubtError) as error:
            tell_not_kept(error, self.root)
            return False
        return True

    def contents(self, site: Path) -> dict[str, str] | None:
        """The published files with their SHA-256; None where they, or what was read, are in doubt."""
        if not self.is_current():
            return None
        try:
            known = self.published or self.last.published
            self.published = kept.states(kept.found_files(site), known, kept.disk_time(self.root))
        except (OSError, DoubtError) as error:
            log.debug("Every page is made anew: %s", error)
            return None
        return kept.by_path(self.published, site)

    def is_current(self) -> bool:
        """Whether what was read is as it was when it was looked at: what was read later may be newer."""
        try:
            now = kept.disk_time(self.root)
            inputs = kept.states(kept.found_files(*self.places), self.inputs, now)
        except (OSError, DoubtError) as error:
            log.debug("Everything is made anew: %s", error)
            return False
        return kept.same_contents(inputs, self.inputs)

    def key_of_pages(self, graph: "Graph") -> str:
        """The hash of what pages of records are made from besides what they read of the graph."""
        folders = tuple(f"{folder}{os.sep}" for folder in self.facts)
        others = {path: state.sha256 for path, state in self.inputs.items() if not path.startswith(folders)}
        site = (repr(graph.site), graph.edit_base, str(graph.history.extent))
        shaping = [self.key, sorted(others.items()), graph.collection.model_dump_json(), site]
        return hashlib.sha256(orjson.dumps(shaping)).hexdigest()

    def keep(self, site: Path, pages: Callable[[], None] | None, *, has_history: bool) -> None:
        """Keep what was read and published, if nothing has changed meanwhile; `pages` keeps the pages."""
        # A repository whose commits cannot be read now may have them at hand the next time.
        if self.commit and not has_history:
            return
        try:
            now = kept.disk_time(self.root)
            inputs = kept.states(kept.found_files(*self.places), self.inputs, now)
            if kept.same_contents(inputs, self.inputs):
                if pages:
                    pages()
                published = kept.states(kept.found_files(site), self.published, now)
                places, told = tuple(map(str, self.places)), tuple(self.listener.told)
                key = with_commit(self.key, self.commit)
                kept.write_manifest(self.root, Manifest(key, places, inputs, published, told))
        except (OSError, ValueError, DoubtError) as error:
            tell_not_kept(error, self.root)

    def begin(self) -> None:
        """Begin to write down what is told."""
        logging.getLogger("mkdocs").addHandler(self.listener)

    def end(self) -> None:
        """Write nothing down any more."""
        logging.getLogger("mkdocs").removeHandler(self.listener)


def end_if_unchanged(config: MkDocsConfig, options: Mapping[str, Any]) -> Memory | None:
    """End the build well where the published site is the one that it would make; else what it has to keep.

    None where it cannot be known what the site depends on.
    """
    if not config.config_file_path or next(doubts(config), None):
        return None
    root = Path(config.config_file_path).resolve().parent
    last = kept.read_manifest(root)
    try:
        commit = commit_of(root)
        memory = Memory(root, key_of(config, options), commit, last or Manifest(""))
        if last and may_stand(config, last, with_commit(memory.key, commit)):
            end_if_same(config, memory, kept.disk_time(root))
    except (OSError, ValueError, DoubtError) as error:
        tell_not_kept(error, root)
        return None
    return memory


def tell_not_kept(error: Exception, root: Path) -> None:
    """Say in a line that a fault of the disk leaves nothing for the next build; doubts only to debug."""
    told = "What is made is not kept for the next build, which will take longer: %s"
    if isinstance(error, OSError):
        log.info(told, f"{error.filename or root / kept.FOLDER}: {error.strerror or error}")
    else:
        log.debug(told, error)


def may_stand(config: MkDocsConfig, last: Manifest, key: str) -> bool:
    """Whether the last site is this one as far as files do not matter; none to warn of if it is strict."""
    if last.key != key or (config.strict and last.told) or refused_by_strict(config):
        return False
    site = Path(config.site_dir).resolve()
    return not is_unfinished(site)


def end_if_same(config: MkDocsConfig, memory: Memory, now: int) -> None:
    """End the build where every file is as the last build has read and published it."""
    last = memory.last
    memory.inputs = kept.states(kept.found_files(*map(Path, last.places)), last.inputs, now)
    if not kept.same_contents(memory.inputs, last.inputs):
        return
    site = Path(config.site_dir).resolve()
    published = memory.published = kept.states(kept.found_files(site), last.published, now)
    if not published or not kept.same_contents(published, last.published):
        return
    if memory.inputs != last.inputs or published != last.published:
        refresh(memory.root, replace(last, inputs=memory.inputs, published=published))
    say_again(last.told)
    log.info("Nothing has changed since the last build: %s stays as it is", config.site_dir)
    # MkDocs has no other way to end a build early, and well.
    raise SystemExit(0)


def refresh(root: Path, manifest: Manifest) -> None:
    """Keep what was read again, so that it need not be the next time."""
    try:
        kept.write_manifest(root, manifest)
    except OSError as error:
        log.debug("The manifest stays as it was: %s", error)


def say_again(told: tuple[Told, ...]) -> None:
    """Tell what the build told that made the site."""
    for level, name, text in told:
        logging.getLogger(name).log(level, "%s", text)


def doubts(config: MkDocsConfig) -> Iterator[str]:
    """Everything because of which it is not known what a site depends on."""
    if config.hooks:
        yield "a hook"
    for name, plugin in config.plugins.items():
        if name not in KNOWN_PLUGINS or not type(plugin).__module__.startswith(KNOWN_MAKERS):
            yield name
    yield from unchecked_extensions(config)


def inputs_of(config: MkDocsConfig, settings: "Settings") -> tuple[Path, ...]:
    """The files and folders that a site is made of, the program's own among them."""
    collection = settings.collection
    folders = [collection.content_dir, collection.seeds_dir, collection.templates_dir]
    folders += [collection.source_texts] if collection.source_texts else []
    theme = [Path(folder) for folder in config.theme.dirs if not is_of_packages(Path(folder))]
    own = Path(sourcebook.__file__).parent
    files = (settings.root / folder for folder in folders)
    return (settings.config_file, Path(config.docs_dir), *files, *theme, own)


def with_commit(key: str, commit: str | None) -> str:
    """The key of a whole site, on which history is told."""
    return f"{key} {commit}"


def key_of(config: MkDocsConfig, options: Mapping[str, Any]) -> str:
    """The hash of all that shapes a site besides files and their history: the configuration, programs."""
    shaping = [
        FORMAT,
        sourcebook.__version__,
        sys.version,
        sorted(installed()),
        plain({name: value for name, value in config.items() if name != "strict"}),
        [[name, plain(dict(plugin.config))] for name, plugin in config.plugins.items()],
        plain(options),
        os.environ.get("SOURCE_DATE_EPOCH"),
        program(),
    ]
    return hashlib.sha256(orjson.dumps(shaping)).hexdigest()


def installed() -> Iterator[str]:
    """Every installed package with its version: what holds its description is called so."""
    for folder in filter(os.path.isdir, sys.path):
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))


def theme_settings(theme: Theme) -> dict[str, Any]:
    """The theme's settings, its language as it is written."""
    return {**theme, "locale": str(theme.get("locale"))}


def plain(value: Any) -> Any:
    """A setting as values that can be compared; raises DoubtError for what cannot be."""
    if isinstance(value, Theme):
        return [value.name, value.dirs, sorted(value.static_templates), plain(theme_settings(value))]
    if isinstance(value, PathSpec):
        return [[pattern.include, repr(pattern.regex)] for pattern in value.patterns]
    if isinstance(value, Mapping):
        return [[str(name), plain(each)] for name, each in value.items() if name != "plugins"]
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if value is None or isinstance(value, (str, int, float, date, Path, Enum)):
        return str(value) if isinstance(value, (date, Path, Enum)) else value
    raise DoubtError(f"{type(value).__name__} in the configuration")
