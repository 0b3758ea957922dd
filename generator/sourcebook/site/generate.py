"""Everything that `generate` writes: the hand-written pages, those made from facts, and a mkdocs.yml.

In: a checked project. Out: files by their path below the output folder. The rule it guards: the Markdown is
the same, byte for byte, as what the plugin hands to MkDocs.
"""

from sourcebook.reading.mkdocs_yml import without_plugin
from sourcebook.site.check import CONFIG_FILE, Settings
from sourcebook.site.files import MARKDOWN_EXTENSIONS, SCRIPT, STYLESHEET, SiteFile
from sourcebook.site.handwritten import Parts, hand_written_files, with_parts

RECORDS_OUT_OF_NAV = "".join(
    f"/{folder}/*\n!/{folder}/index.md\n"
    for folder in ("actors", "events", "claims", "disputes", "places", "sources")
)


def generated_tree(settings: Settings, files: tuple[SiteFile, ...], parts: Parts) -> dict[str, bytes]:
    """Every file of the output folder, by relative path with forward slashes."""
    tree = {
        f"docs/{name}": with_parts(name, path.read_bytes(), parts)
        for name, path in hand_written_files(settings.docs_dir)
    }
    tree.update({f"docs/{file.path}": file.text.encode() for file in files})
    tree[CONFIG_FILE] = config_without_plugin(settings, files).encode()
    return tree


def config_without_plugin(settings: Settings, files: tuple[SiteFile, ...]) -> str:
    """The project's mkdocs.yml for an engine that does not know the plugin.

    A navigation that somebody wrote may leave out the views; one that the engine makes has them.
    """
    views = [file.path for file in files if file.is_view] if settings.site.has_nav else []
    return without_plugin(
        settings.config_file.read_bytes(),
        replaced={"not_in_nav": RECORDS_OUT_OF_NAV + "".join(f"/{path}\n" for path in views)},
        appended={
            "extra_css": (STYLESHEET,),
            "extra_javascript": (SCRIPT,),
            "markdown_extensions": MARKDOWN_EXTENSIONS,
        },
    )
