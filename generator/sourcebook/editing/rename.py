"""Another id for a record, and one record for two: with every mention of it, and its old address.

In: the facts of a project and two ids. Out: the changes of files. The rule it guards: after it no mention of
the old id is left that led somewhere before, and the old address still leads to the record.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_origin

from sourcebook.editing.facts import EditError, Facts, Standing
from sourcebook.editing.files import Change, UnlikeError
from sourcebook.editing.mentions import mentions_in_pages
from sourcebook.editing.rehearsal import rehearsed
from sourcebook.editing.splice import Append, Edit, Remove, Replace, at_path, edited, of_text, without_item
from sourcebook.graph.references import Reference, references
from sourcebook.graph.values import value_at
from sourcebook.markdown.ids import ID_FORM, is_id
from sourcebook.reading.files import KINDS, stem
from sourcebook.reading.nodes import Plain
from sourcebook.records.fields import RESERVED_IDS, nearest, slug_hint
from sourcebook.records.load import MODELS
from sourcebook.records.source import Source

Changed = dict[Path, list[Edit]]


def rename(facts: Facts, old: str, new: str, *, redirect: bool | None = None) -> tuple[Change, ...]:
    """Give a record another id; raises EditError, and FaultyError where the facts would have errors.

    The old id becomes a former one, whose address redirects. Going back to a former id undoes a renaming:
    that id is no longer a former one, and the one given up is forgotten unless `redirect` says otherwise.
    """
    standing = standing_of(facts, old)
    refuse_id(facts, new, old)
    back = new in standing.entry.record.former_ids
    edits = references_replaced(facts, old, new)
    own = edits[standing.file.path]
    if back:
        own.append(Remove(standing.path, "former_ids", new))
    if redirect if redirect is not None else not back:
        own.append(Append(standing.path, "former_ids", old))
    if "id" in standing.values:
        own.append(Replace((*standing.path, "id"), whole_id(old, new)))
    moves = {standing.file.path: standing.file.path.with_stem(new)} if named_like(standing, old) else {}
    changes = [*changes_of(facts, edits, moves), *other_mentions(facts, standing, new)]
    return rehearsed(facts.settings, tuple(changes))


@dataclass(frozen=True, slots=True)
class Merged:
    """The changes of a merge, and what of the record that goes is left out, by field."""

    changes: tuple[Change, ...]
    left_out: dict[str, Plain]


def merge(facts: Facts, old: str, into: str) -> Merged:
    """Make one record of two of a kind; raises EditError, and FaultyError where the facts would have errors.

    Fields and items that only the old record has go into the other, with its name as an alias; where both
    have a field of one value, that of the other stays, and what is left out is told.
    """
    gone, kept = standing_of(facts, old), standing_of(facts, into)
    refuse_pair(gone, kept)
    edits = references_replaced(facts, old, into, leave=gone)
    additions, left_out = carried_over(gone, kept)
    edits[kept.file.path] += additions
    changes = list(changes_of(facts, edits, {}, gone))
    changes += other_mentions(facts, gone, into, move_text=False)
    return Merged(rehearsed(facts.settings, tuple(changes)), left_out)


def standing_of(facts: Facts, id: str) -> Standing:
    """The record of an id; raises EditError with the nearest one."""
    if found := facts.by_id.get(id):
        return found
    near = nearest(id, facts.by_id)
    raise EditError(f"no record with id '{id}'", f"did you mean '{near}'?" if near else "")


def refuse_id(facts: Facts, new: str, old: str) -> None:
    """Raise EditError where an id is none, reserved, the present one, or that of another record."""
    if not is_id(new):
        message = f"'{new}' is not an id: {ID_FORM}"
        raise EditError(message, slug_hint(new))
    if new in RESERVED_IDS:
        raise EditError(f"the id '{new}' is reserved", f"for instance '{new}-1'")
    if new == old:
        raise EditError(f"'{new}' is the record's id already")
    if taken := facts.by_id.get(new):
        hint = f"to make one record of the two: sourcebook merge {old} {new}"
        same = old in facts.by_id and facts.by_id[old].entry.kind == taken.entry.kind
        raise EditError(f"the id '{new}' is taken by {place_in(taken)}", hint if same else "choose another")
    for other in facts.standings:
        if new in other.entry.record.former_ids and other.entry.record.id != old:
            whose = f"'{new}' is a former id of '{other.entry.record.id}', whose old address leads there"
            raise EditError(whose, "choose another, or take it out of `former_ids` there first")


def refuse_pair(gone: Standing, kept: Standing) -> None:
    """Raise EditError where two records cannot become one."""
    one, other = gone.entry, kept.entry
    if one.record.id == other.record.id:
        raise EditError("these are one record already")
    if one.kind != other.kind:
        raise EditError(
            f"'{one.record.id}' is of the kind {one.kind}, and '{other.record.id}' of the kind {other.kind}",
            "only two records of one kind become one",
        )


def place_in(standing: Standing) -> str:
    """Where a record stands, for a message."""
    return f"the {standing.entry.kind} in {standing.file.name}"


def named_like(standing: Standing, id: str) -> bool:
    """Whether a record has a file of its own that is named like its id."""
    return standing.number is None and stem(standing.file.name) == id


def references_replaced(facts: Facts, old: str, new: str, *, leave: Standing | None = None) -> Changed:
    """The edits by which every mention of a record in the facts becomes one of another id."""
    edits: Changed = defaultdict(list)
    for standing in facts.standings:
        if standing is not leave:
            for reference in references(standing.entry.record):
                if reference.target == old:
                    edits[standing.file.path].append(replacement(standing, reference, old, new))
    return edits


def replacement(standing: Standing, reference: Reference, old: str, new: str) -> Edit:
    """The edit of one mention; where the list has the new id already, the old one goes."""
    path = (*standing.path, *reference.path)
    if reference.prose:
        return Replace((*path, "value"), in_links(old, new))
    *above, last = reference.path
    held = value_at(standing.entry.record, tuple(above)) if isinstance(last, int) else ()
    if isinstance(held, tuple) and new in held:
        return Remove(path[:-2], str(above[-1]), old)
    return Replace(path, whole_id(old, new))


def whole_id(old: str, new: str) -> Callable[[str], str]:
    """The change of an id that a text is, or with which a short citation begins."""
    pattern = re.compile(rf"(?<![a-z0-9-]){re.escape(old)}(?![a-z0-9-])")
    return lambda text: pattern.sub(new, text, count=1)


def in_links(old: str, new: str) -> Callable[[str], str]:
    """The change of an id in the `[[…]]` of a text."""
    pattern = re.compile(rf"(\[\[\s*){re.escape(old)}(?=\s*(?:\||\]\]))")
    return lambda text: pattern.sub(rf"\g<1>{new}", text)


def changes_of(
    facts: Facts, edits: Changed, moves: dict[Path, Path], gone: Standing | None = None
) -> Iterator[Change]:
    """The edits as changes of files; one file moves, or loses a record."""
    files = {standing.file.path: standing for standing in facts.standings}
    for path in sorted({*edits, *moves, *([gone.file.path] if gone else [])}):
        file, before = files[path].file, files[path].data
        try:
            after = edited(file.kind, before, edits.get(path, ()))
            if gone and gone.file.path == path:
                yield Change(path, before, without(facts, gone, after))
                continue
        except UnlikeError:
            raise EditError(
                f"{file.name}: a value stands in a form that cannot be changed safely",
                "run `sourcebook fmt` on the file first, or change it by hand",
            ) from None
        target = moves.get(path)
        yield Change(target, before, after, path) if target else Change(path, before, after)


def without(facts: Facts, gone: Standing, data: bytes) -> bytes | None:
    """A file without a record; None where it was its only one."""
    others = sum(1 for each in facts.standings if each.file.path == gone.file.path) - 1
    if gone.number is None or not others:
        return None
    return without_item(data.decode("utf-8"), gone.number).encode()


def other_mentions(facts: Facts, standing: Standing, new: str, *, move_text: bool = True) -> Iterator[Change]:
    """The changes outside the facts: hand-written pages that link to the record, and a document's text."""
    old, plural = standing.entry.record.id, KINDS[standing.entry.kind]
    yield from mentions_in_pages(facts.settings, plural, old, new)
    if move_text and isinstance(standing.entry.record, Source) and facts.settings.collection.source_texts:
        folder = facts.settings.root / facts.settings.collection.source_texts
        for text in facts.texts:
            path = folder / text.name
            if path.stem == old and path.is_file():
                data = path.read_bytes()
                yield Change(path.with_stem(new), data, data, path)


NOT_CARRIED = frozenset({"id", "former_ids", "draft"})
BY_KEY = frozenset({"identifiers", "field_sources"})
NAMES, NAMED_KINDS = frozenset({"name"}), frozenset({"actor", "place"})


def carried_over(gone: Standing, kept: Standing) -> tuple[list[Append], dict[str, Plain]]:
    """The fields and items that one record gives to another, and what of it is left out."""
    additions = [Append(kept.path, "former_ids", gone.entry.record.id)]
    additions += [Append(kept.path, "former_ids", id) for id in gone.entry.record.former_ids]
    left_out: dict[str, Plain] = {}
    ours = kept.values
    for key, value in values_of_other(gone, kept.entry.record.id).items():
        held = ours.get(key)
        if held is None:
            additions.append(Append(kept.path, key, value))
        elif is_many(gone.entry.kind, key):
            additions += [
                Append(kept.path, key, item) for item in as_items(value) if item not in as_items(held)
            ]
        elif isinstance(value, dict) and isinstance(held, dict) and key in BY_KEY:
            additions += [Append((*kept.path, key), each, value[each]) for each in value if each not in held]
            left_out |= {
                f"{key}.{each}": value[each] for each in value if value[each] != held.get(each, value[each])
            }
        elif value != held:
            left_out[key] = value
            if key in NAMES and gone.entry.kind in NAMED_KINDS:
                additions.append(Append(kept.path, "aliases", value))
    return additions, left_out


def values_of_other(gone: Standing, into: str) -> dict[str, Plain]:
    """What a record has to give to another, which it then means where it named itself."""
    old = gone.entry.record.id
    values: Plain = {key: value for key, value in gone.values.items() if key not in NOT_CARRIED}
    for reference in references(gone.entry.record):
        if reference.target == old:
            change = in_links(old, into) if reference.prose else whole_id(old, into)
            path = (*reference.path, "value") if reference.prose else reference.path
            values = at_path(values, path, of_text(Replace(path, change)))
    assert isinstance(values, dict), "a record is a mapping"
    return values


def is_many(kind: str, key: str) -> bool:
    """Whether a field of a kind takes several values."""
    field = MODELS[kind].model_fields.get(key)
    return field is not None and get_origin(field.annotation) is tuple


def as_items(value: Plain) -> list[Plain]:
    """The items of a field; one may stand alone."""
    return value if isinstance(value, list) else [value]
