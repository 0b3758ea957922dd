"""What a navigation names, and where a record is edited.

In: MkDocs' configuration. Out: titles by path, addresses. The rule it guards: every part of the plugin reads
a navigation in the same way.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from sourcebook.site.check import CONFIG_FILE


def titles_in_nav(nav: Any, title: str | None = None) -> Iterator[tuple[str, str | None]]:
    """The paths that a navigation names, the last to the first, each with the title that it gives there."""
    if isinstance(nav, str):
        yield nav, title
    elif isinstance(nav, dict):
        for name, item in reversed(nav.items()):
            yield from titles_in_nav(item, name)
    else:
        for item in reversed(nav or ()):
            yield from titles_in_nav(item)


def edit_uri(facts: str, config: MkDocsConfig) -> str:
    """A record's YAML file as MkDocs wants it: relative to the docs folder."""
    return posixpath.join(way_to_facts(config), facts)


def way_to_facts(config: MkDocsConfig) -> str:
    """The way from the docs folder to the project's, which the disk must be asked for."""
    docs = Path(config.docs_dir)
    root = Path(config.config_file_path or CONFIG_FILE).resolve().parent
    return posixpath.relpath(root.as_posix(), docs.resolve().as_posix())
