"""Sites on a disk: what Material's plugin `offline` needs of another host, the site brings along.

In: MkDocs' configuration. Out: the same with a script of the site's own. The rule it guards: no page asks
another host for anything.
"""

from mkdocs.config.defaults import MkDocsConfig

from sourcebook.site.files import OFFLINE_WORKER

FOREIGN_WORKER = "iframe-worker"


def use_own_worker(config: MkDocsConfig) -> None:
    """Have the search of an offline site served by a script of the site's own.

    Material's plugin `offline` names one on another host, which no page here may ask.
    """
    polyfills = config.extra.get("polyfills", [])
    own = [OFFLINE_WORKER if FOREIGN_WORKER in str(script) else script for script in polyfills]
    if own != polyfills:
        config.extra["polyfills"] = own
