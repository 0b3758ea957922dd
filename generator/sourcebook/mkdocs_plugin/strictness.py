"""The plugin's log, and whether MkDocs will refuse a build for what stands in it.

In: MkDocs' configuration and log. Out: an answer. The rule it guards: what `--strict` refuses is not
published.
"""

import logging

import mkdocs.utils
from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.sourcebook")


def refused_by_strict(config: MkDocsConfig) -> bool:
    """Whether MkDocs will end this build for its warnings; it counts them in a handler of its own."""
    return bool(config.strict and any(counter.get_counts() for counter in strict_counters()))


def strict_counters() -> list[mkdocs.utils.CountHandler]:
    """The counters by which MkDocs refuses a build that is strict; it has one during such a build."""
    handlers = logging.getLogger("mkdocs").handlers
    return [handler for handler in handlers if isinstance(handler, mkdocs.utils.CountHandler)]
