"""Everything that `generate` writes: the hand-written pages, those made from facts, and a mkdocs.yml.

In: a checked project. Out: files by their path below the output folder. The rule it guards: the Markdown is
the same, byte for byte, as what the plugin hands to MkDocs, and the folder needs nothing from outside of it.

So the theme's own folder (`theme.custom_dir`) is copied to `theme/`, and hooks to `hooks/`: any engine finds
them there, and the folder can be moved. Paths that an extension or another plugin takes stay as they are,
since only these know what they mean; where they are relative, the project's folder is to be the current one.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path

from sourcebook.markdown.extensions import MARKDOWN_EXTENSIONS
from sourcebook.reading.mkdocs_yml import without_plugin
from sourcebook.reading.nodes import Plain
from sourcebook.site.check import CONFIG_FILE, Settings
from sourcebook.site.files import SCRIPT, STYLESHEET, SiteFile
from sourcebook.site.handwritten import Parts, files_below, with_parts

RECORDS_OUT_OF_NAV = "".join(
    f"/{folder}/*\n!/{folder}/index.md\n"
    for folder in ("actors", "events", "claims", "disputes", "places", "sources")
)


def other_files(settings: Settings, files: tuple[SiteFile, ...], parts: Parts) -> Iterator[tuple[str, bytes]]:
    """Every file of the output folder that is not made from facts, by relative path with forward slashes."""
    for name, path in files_below(settings.docs_dir):
        yield f"docs/{name}", with_parts(name, path.read_bytes(), parts)
    if theme := theme_folder(settings):
        # Hidden ones, too: Material looks for a project's own icons in `.icons`.
        for name, path in files_below(theme, hidden=True):
            yield f"theme/{name}", path.read_bytes()
    for hook, there in hooks(settings).items():
        yield there, (settings.root / hook).read_bytes()
    yield CONFIG_FILE, config_without_plugin(settings, files).encode()


def theme_folder(settings: Settings) -> Path | None:
    """The theme's own folder; None where there is none."""
    folder = settings.root / (settings.site.custom_dir or "")
    return folder if settings.site.custom_dir and folder.is_dir() else None


def hooks(settings: Settings) -> dict[str, str]:
    """Where each hook's file is copied to; one that does not exist is left for the engine to miss."""
    found = (hook for hook in settings.site.hooks if (settings.root / hook).is_file())
    return {hook: f"hooks/{posixpath.normpath(hook).replace('../', '').lstrip('/')}" for hook in found}


def config_without_plugin(settings: Settings, files: tuple[SiteFile, ...]) -> str:
    """The project's mkdocs.yml for an engine that does not know the plugin.

    A navigation that somebody wrote may leave out the views; one that the engine makes has them.
    """
    views = (
        [f"/{file.path}\n" for file in files if file.is_view or file.is_further]
        if settings.site.has_nav
        else []
    )
    own = f"{settings.site.not_in_nav.rstrip()}\n" if settings.site.not_in_nav else ""
    replaced: dict[str, Plain] = {"not_in_nav": own + RECORDS_OUT_OF_NAV + "".join(views)}
    if settings.site.edit_uri or settings.site.repo_url:
        # Another engine would lead its edit button to a page that is made, not kept.
        replaced["edit_uri"] = ""
    if moved := hooks(settings):
        replaced["hooks"] = [moved.get(hook, hook) for hook in settings.site.hooks]
    return without_plugin(
        settings.config_file.read_bytes(),
        replaced=replaced,
        appended={
            "extra_css": (STYLESHEET,),
            "extra_javascript": (SCRIPT,),
            "markdown_extensions": MARKDOWN_EXTENSIONS,
        },
        custom_dir="theme" if theme_folder(settings) else None,
    )
