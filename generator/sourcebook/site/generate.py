"""Everything that `generate` writes: the hand-written pages, those made from facts, and a mkdocs.yml.

In: a checked project. Out: files by their path below the output folder. The rule it guards: the Markdown is
the same, byte for byte, as what the plugin hands to MkDocs.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from sourcebook.reading.mkdocs_yml import without_plugin
from sourcebook.site.check import CONFIG_FILE, Settings
from sourcebook.site.files import MARKDOWN_EXTENSIONS, SCRIPT, STYLESHEET, SiteFile

RECORDS_OUT_OF_NAV = "".join(
    f"/{folder}/*\n!/{folder}/index.md\n"
    for folder in ("actors", "events", "claims", "disputes", "places", "sources")
)


def generated_tree(settings: Settings, files: tuple[SiteFile, ...]) -> dict[str, bytes]:
    """Every file of the output folder, by relative path with forward slashes."""
    tree = dict(hand_written(settings.docs_dir))
    tree.update({f"docs/{file.path}": file.text.encode() for file in files})
    tree[CONFIG_FILE] = config_without_plugin(settings).encode()
    return tree


def hand_written(docs: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the docs folder, hidden ones left out; links are not followed."""
    for folder, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and not path.is_symlink():
                yield f"docs/{path.relative_to(docs).as_posix()}", path.read_bytes()


def config_without_plugin(settings: Settings) -> str:
    """The project's mkdocs.yml for an engine that does not know the plugin."""
    return without_plugin(
        settings.config_file.read_bytes(),
        replaced={"not_in_nav": RECORDS_OUT_OF_NAV},
        appended={
            "extra_css": (STYLESHEET,),
            "extra_javascript": (SCRIPT,),
            "markdown_extensions": MARKDOWN_EXTENSIONS,
        },
    )
