"""The door to MkDocs: the plugin `sourcebook`.

In: MkDocs' events. Out: a site. The rule it guards: nothing outside this package knows MkDocs.
"""

from sourcebook.mkdocs_plugin.plugin import SourcebookPlugin

__all__ = ["SourcebookPlugin"]
