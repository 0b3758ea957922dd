"""Bringing what editors have: tables and bibliographies become records of the collection.

In: a table with a mapping, or a bibliography, and a project. Out: what would be written, and what is
written. The rule it guards: nothing that was brought is dropped in silence, and no editor's word is
overwritten.
"""
