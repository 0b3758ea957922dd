"""A change of the facts that was broken off is completed or undone before anything is built of them.

In: MkDocs' configuration. Out: a line in its log. The rule it guards: no page is made of half a change.
"""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from sourcebook.editing.journal import BusyError, StuckError, recover
from sourcebook.mkdocs_plugin.strictness import log


def recover_edit(config: MkDocsConfig) -> None:
    """Complete or undo it, and say so; one that is under way is left alone."""
    try:
        said = recover(Path(config.config_file_path or "mkdocs.yml").resolve().parent)
    except BusyError:
        return
    except (StuckError, OSError) as error:
        raise PluginError(str(error)) from None
    if said:
        log.info(said)
