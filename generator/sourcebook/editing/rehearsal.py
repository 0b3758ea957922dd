"""A change tried on the facts before a file is touched.

In: a project, and changes that are not made yet. Out: these changes, with the ids that editors complete. The
rule it guards: no command leaves a collection that has errors.
"""

from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.editing.facts import FaultyError, facts_of
from sourcebook.editing.files import Change
from sourcebook.editing.schema_files import ids_changed
from sourcebook.site.check import Settings


def rehearsed(settings: Settings, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, if the facts have no error with them; raises FaultyError."""
    facts = facts_of(settings, changes)
    if has_errors(facts.diagnostics):
        raise FaultyError(facts.diagnostics, before=False)
    return (*changes, *ids_changed(settings, facts.ids))
