"""Whether a site's pages must go the ordinary way, through all of MkDocs.

In: MkDocs' configuration. Out: the reason in words, or nothing. The rule it guards: whenever another way than
the ordinary one could give another page, the ordinary one is taken.
"""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from sourcebook.mkdocs_plugin.known import KNOWN_PLUGINS, is_of_packages, unchecked_extensions

CHECKED_THEME = "material"
CHECKED_RELEASES = ("9.8.",)
"""The releases of the theme whose search is known: what it finds in a page is found here in another way."""
HARMLESS_EVENTS = frozenset(
    ("startup", "shutdown", "serve", "config", "pre_build", "post_build", "build_error")
)
"""Events at which a plugin sees no page and nothing that pages are made of."""


def why_ordinary(config: MkDocsConfig, *, wanted: bool) -> str | None:
    """Why every page must go through all of MkDocs; None where the fast way gives the same."""
    if not wanted:
        return "the option `fast` is off"
    return next(reasons(config), None)


def reasons(config: MkDocsConfig) -> Iterator[str]:
    """Everything that speaks against the fast way."""
    for extension in sorted(unchecked_extensions(config)):
        yield f"the Markdown extension '{extension}' may change pages"
    if config.theme.name != CHECKED_THEME or not version("mkdocs-material").startswith(CHECKED_RELEASES):
        yield "it is known for Material for MkDocs 9.8 only"
    for folder in config.theme.dirs:
        if not is_of_packages(Path(folder)):
            yield f"the theme is changed in {Path(folder).name}/"
    for listener in sorted(listeners(config)):
        yield f"{listener} may change pages"


def listeners(config: MkDocsConfig) -> set[str]:
    """The plugins and hooks that see pages or what these are made of."""
    found = set()
    for event, methods in config.plugins.events.items():
        if event in HARMLESS_EVENTS:
            continue
        for method in methods:
            origin = config.plugins._event_origins.get(method, "")
            if origin not in KNOWN_PLUGINS:
                # MkDocs' own annotation has them as a sequence.
                is_hook = origin in config.hooks  # type: ignore[comparison-overlap]
                found.add(f"the {'hook' if is_hook else 'plugin'} '{origin}'")
    return found
