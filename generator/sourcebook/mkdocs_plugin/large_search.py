"""When the search of large sites takes the place of Material's.

In: the options, the collection, MkDocs' settings. Out: whether it does, with a line where it should and
cannot. The rule it guards: a site can be searched in any case.
"""

from mkdocs.config.defaults import MkDocsConfig

from sourcebook.graph.graph import Graph
from sourcebook.mkdocs_plugin.strictness import log
from sourcebook.records.collection import Collection
from sourcebook.site.large_search import INSTALL
from sourcebook.site.pagefind import program

OFFLINE = ("offline", "material/offline")
SEARCH = ("search", "material/search")


def large_search(collection: Collection, graph: Graph, config: MkDocsConfig) -> str | None:
    """The program that indexes a site of so many records; None where Material's search does.

    That is so for sites that are opened from a disk, where the browser lets no other run.
    """
    records = len(graph.entries)
    if records < collection.pagefind_from or has(config, OFFLINE) or not has(config, SEARCH):
        return None
    command = program()
    if command is None:
        log.info(
            "%s records make Material's search slow, which stays until Pagefind is there: %s",
            f"{records:,}",
            INSTALL,
        )
    return command


def has(config: MkDocsConfig, names: tuple[str, ...]) -> bool:
    """Whether one of some plugins is there and at work."""
    found = (config.plugins.get(name) for name in names)
    return any(plugin is not None and plugin.config.get("enabled", True) for plugin in found)
