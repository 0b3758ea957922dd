"""What of MkDocs, its theme, plugins and extensions this program was checked against.

In: MkDocs' configuration. Out: what in it is not known. The rule it guards: what is not
known may do anything.
"""

from pathlib import Path

import material  # type: ignore[import-untyped]
import mkdocs
from mkdocs.config.defaults import MkDocsConfig

from sourcebook.markdown.extensions import MARKDOWN_EXTENSIONS

KNOWN_PLUGINS = frozenset(
    ("search", "material/search", "offline", "material/offline", "sourcebook", "sourcebook/sourcebook")
)
# What the converter was checked against: these extensions of Python-Markdown, with these settings of theirs.
CHECKED_EXTENSIONS = frozenset({*MARKDOWN_EXTENSIONS, "fenced_code"})
CHECKED_SETTINGS = frozenset({("toc", "permalink")})


def unchecked_extensions(config: MkDocsConfig) -> set[str]:
    """The site's Markdown extensions that the converter was not checked against, or not as they are set."""
    settings = {(name, key) for name, values in config.mdx_configs.items() for key in values or ()}
    return {*config.markdown_extensions} - CHECKED_EXTENSIONS | {
        name for name, _ in settings - CHECKED_SETTINGS
    }


def is_of_packages(folder: Path) -> bool:
    """Whether templates in a folder are those of the theme or of MkDocs itself."""
    packages = (Path(material.__file__).parent, Path(mkdocs.__file__).parent)
    return any(folder.resolve().is_relative_to(package.resolve()) for package in packages)
