"""The site's mkdocs.yml: the plugin's options in it, and the same site without the plugin.

In: the bytes of mkdocs.yml. Out: options as nodes with positions and a few facts about the site; or
the text of a mkdocs.yml for an engine that does not know the plugin. The rule it guards: what is not
the plugin's stays as MkDocs would see it, tags (`!ENV`, `!!python/name:`), anchors and merges included.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, fields

import yaml

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, has_errors, in_order
from sourcebook.reading.characters import decoded, suspect_characters, without_forbidden
from sourcebook.reading.nodes import Entry, Mapping, Node, Plain, Scalar, Sequence
from sourcebook.reading.yaml_problems import syntax_diagnostic
from sourcebook.reading.yaml_text import (
    DEFAULT_LIMITS,
    LOADER,
    Limits,
    many_directives,
    out_of_range,
    oversize,
)

PLUGIN = "sourcebook"

_STR = "tag:yaml.org,2002:str"
_SEQ = "tag:yaml.org,2002:seq"
_MAP = "tag:yaml.org,2002:map"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
_ENV = "!ENV"
_LEFT_OUT = ("site_dir", "watch")

_COMPOSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What mkdocs.yml says of the site, as written there; None where it says nothing.

    Of `!ENV [NAME, default]` it is the default, of `!ENV NAME` nothing: the environment is not asked.
    """

    site_name: str | None = None
    site_url: str | None = None
    docs_dir: str | None = None
    edit_uri: str | None = None
    repo_url: str | None = None
    use_directory_urls: str | None = None
    not_in_nav: str | None = None
    has_nav: bool = False
    custom_dir: str | None = None
    """The theme's own folder."""
    hooks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """The plugin's options, None where it is not listed; the site's facts; what is wrong with the file."""

    options: Mapping | None = None
    site: SiteFacts = field(default_factory=SiteFacts)
    diagnostics: tuple[Diagnostic, ...] = ()


def read_plugin_options(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> PluginOptions:
    """Read the options under `plugins`, in either of its forms, and the site's facts.

    A plugin listed without options has an empty mapping at its place. Of the rest of the file only
    what cannot be read at all is reported, and `INHERIT`, which is not followed.
    """
    root, diagnostics = _composed(data, file, limits)
    if not isinstance(root, yaml.MappingNode):
        return PluginOptions(diagnostics=diagnostics)
    found = [*diagnostics, *_inherit(root, file)]
    options = None
    listed = _listed(root)
    if listed is not None:
        converter = _Converter(file, limits)
        options = converter.options(*listed)
        found += converter.diagnostics
    return PluginOptions(options, _site_facts(root), in_order(found))


def without_plugin(
    data: bytes,
    *,
    replaced: Dict[str, Plain] | None = None,
    appended: Dict[str, Iterable[str]] | None = None,
    custom_dir: str | None = None,
) -> str:
    """Write mkdocs.yml for an engine without the plugin; comments are not kept.

    The plugin leaves `plugins`, which stays as an empty list where it was alone, since without the
    key `search` would be implied. `docs_dir` becomes `docs`; `site_dir` goes, and `watch`, which names
    folders of the project. Top-level keys in `replaced` get new values, lists under keys in `appended`
    get those items that they lack, `custom_dir` is the theme's. Raises ValueError for a file that is no
    mapping in YAML.
    """
    root, diagnostics = _composed(data, "mkdocs.yml", DEFAULT_LIMITS)
    if has_errors(diagnostics) or not isinstance(root, yaml.MappingNode):
        raise ValueError(diagnostics[0].message if diagnostics else "the file holds no mapping")
    pairs = {_key(key): (key, value) for key, value in root.value if _key(key) not in _LEFT_OUT}
    if "plugins" in pairs:
        _set(pairs, "plugins", _plugins_without(pairs["plugins"][1]))
    for name, value in {"docs_dir": "docs", **(replaced or {})}.items():
        _set(pairs, name, _yaml_node(value))
    for name, items in (appended or {}).items():
        _set(pairs, name, _longer(pairs.get(name), items))
    if custom_dir is not None:
        _set(pairs, "theme", _theme(pairs.get("theme"), custom_dir))
    new_root = yaml.MappingNode(root.tag, list(pairs.values()), flow_style=False)
    # The Python emitter, not the C one: they break lines differently, and bytes must not depend on it.
    text: str = yaml.serialize(new_root, Dumper=yaml.SafeDumper, allow_unicode=True, width=1_000_000)
    return text


_Pair = tuple[yaml.Node, yaml.Node]


def _composed(data: bytes, file: str, limits: Limits) -> tuple[yaml.Node | None, tuple[Diagnostic, ...]]:
    """Compose the file's nodes; None with a diagnostic where that cannot be done."""
    text = oversize(data, file, limits) or decoded(data, file)
    if isinstance(text, Diagnostic):
        return None, (text,)
    suspects = suspect_characters(text, file, limits.characters)
    text = without_forbidden(text)
    try:
        refused = many_directives(text, file) or _too_much(text, file, limits)
        root = None if refused else yaml.compose(text, Loader=_COMPOSER)
    except yaml.MarkedYAMLError as error:
        root, refused = None, syntax_diagnostic(error, text, file, limits.depth)
    except (ValueError, OverflowError):
        root, refused = None, out_of_range(text, file)
    return root, (*suspects, refused) if refused else suspects


def _too_much(text: str, file: str, limits: Limits) -> Diagnostic | None:
    # The composer calls itself for each level, in C without a guard, so the levels are counted before.
    depth = nodes = 0
    for event in yaml.parse(text, Loader=LOADER):
        nodes += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > limits.depth or nodes > limits.nodes:
            message = f"more than {limits.depth} levels of nesting, or {limits.nodes:,} keys and values"
            return _about(Code.TOO_LARGE, event, file, message, "check whether the file is what it seems")
    return None


def _about(code: Code, at: yaml.Node | yaml.Event, file: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code, Position(file, *_place(at)), message, hint)


def _place(at: yaml.Node | yaml.Event) -> tuple[int, int]:
    mark = at.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _key(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _top(root: yaml.MappingNode, name: str) -> _Pair | None:
    # Of two pairs with one key YAML libraries take the last.
    return next((pair for pair in reversed(root.value) if _key(pair[0]) == name), None)


def _inherit(root: yaml.MappingNode, file: str) -> Iterator[Diagnostic]:
    if pair := _top(root, "INHERIT"):
        message = "INHERIT is not followed: only this file is read"
        yield _about(Code.BAD_OPTION, pair[0], file, message, "write the inherited options out here")


def _listed(root: yaml.MappingNode) -> tuple[yaml.Node, yaml.Node | None] | None:
    # The name and the options as they stand under `plugins`.
    plugins = _top(root, "plugins")
    if plugins is None:
        return None
    for name, options in _named(plugins[1]):
        if _key(name) == PLUGIN:
            return name, options
    return None


def _named(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node | None]]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in items:
        if isinstance(item, yaml.MappingNode):
            yield from item.value
        else:
            yield item, None


def _site_facts(root: yaml.MappingNode) -> SiteFacts:
    names = {field.name for field in fields(SiteFacts)} - {"has_nav", "custom_dir", "hooks"}
    own = {name: _fact(_top(root, name)) for name in names}
    has_nav = _top(root, "nav") is not None
    return SiteFacts(**own, has_nav=has_nav, custom_dir=_custom_dir(root), hooks=_hooks(root))


def _custom_dir(root: yaml.MappingNode) -> str | None:
    theme = _top(root, "theme")
    if theme is None or not isinstance(theme[1], yaml.MappingNode):
        return None
    return _fact(_top(theme[1], "custom_dir"))


def _hooks(root: yaml.MappingNode) -> tuple[str, ...]:
    hooks = _top(root, "hooks")
    items = hooks[1].value if hooks and isinstance(hooks[1], yaml.SequenceNode) else ()
    return tuple(_key(item) for item in items)


def _fact(pair: _Pair | None) -> str | None:
    if pair is None:
        return None
    node = pair[1]
    if node.tag == _ENV and isinstance(node, yaml.SequenceNode) and len(node.value) > 1:
        node = node.value[-1]
    if not isinstance(node, yaml.ScalarNode) or node.tag in (_NULL, _ENV):
        return None
    return without_forbidden(node.value)


class _TooMuch(Exception):
    """Aliases or merges make the options larger than any that somebody wrote."""


class _Converter:
    """Makes nodes of the composer's nodes, with aliases and merges written out."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._limits = limits
        self._nodes = 0

    def options(self, name: yaml.Node, value: yaml.Node | None) -> Mapping:
        """Convert the plugin's options; empty, at its name, where there are none or they are refused."""
        none = Mapping({}, *_place(name))
        if value is None or value.tag == _NULL:
            return none
        if not isinstance(value, yaml.MappingNode):
            message = "the plugin's options are keys with values"
            self._report(
                Code.BAD_OPTION, value, message, f"write `- {PLUGIN}:` and each option indented below it"
            )
            return none
        try:
            return self._mapping(value, 1)
        except _TooMuch:
            self._report(
                Code.TOO_LARGE, value, "the options are larger than any list of options", "write them out"
            )
            return none

    def _node(self, node: yaml.Node, depth: int) -> Node | None:
        self._count(depth)
        if not node.tag.startswith("tag:yaml.org,2002:") or "python/" in node.tag:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._report(
                Code.BAD_OPTION, node, f"the tag '{tag}' has no meaning in an option", "write its value"
            )
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            items = (self._node(item, depth + 1) for item in node.value)
            return Sequence(tuple(item for item in items if item is not None), *_place(node))
        return Scalar(self._value(node), *_place(node))

    def _value(self, node: yaml.Node) -> str:
        # What stands in the raw text has been reported and replaced; here are what escapes make.
        value: str = without_forbidden(node.value)
        if value != node.value:
            self._report(Code.FORBIDDEN_CHARACTER, node, "an escape for a forbidden character", "remove it")
        return value

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Mapping:
        entries = {}
        for key, value in self._pairs(node, depth):
            converted = self._node(value, depth + 1)
            if converted is not None:
                entries[_key(key)] = Entry(converted, *_place(key))
        return Mapping(entries, *_place(node))

    def _pairs(self, node: yaml.Node, depth: int) -> Iterator[_Pair]:
        # Those merged into the mapping come first, so that its own take their place.
        self._count(depth)
        if isinstance(node, yaml.SequenceNode):
            for merged in reversed(node.value):
                yield from self._pairs(merged, depth + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.tag == _MERGE:
                    yield from self._pairs(value, depth + 1)
            yield from (pair for pair in node.value if pair[0].tag != _MERGE)

    def _count(self, depth: int) -> None:
        self._nodes += 1
        if depth > self._limits.depth or self._nodes > self._limits.nodes:
            raise _TooMuch

    def _report(self, code: Code, node: yaml.Node, message: str, hint: str) -> None:
        self.diagnostics.append(_about(code, node, self._file, message, hint))


def _set(pairs: dict[str, _Pair], name: str, value: yaml.Node) -> None:
    pairs[name] = (pairs[name][0] if name in pairs else _yaml_node(name), value)


def _yaml_node(value: Plain) -> yaml.Node:
    if isinstance(value, str):
        return yaml.ScalarNode(_STR, value, style="|" if "\n" in value else None)
    if isinstance(value, list):
        return yaml.SequenceNode(_SEQ, [_yaml_node(item) for item in value], flow_style=False)
    pairs = [(_yaml_node(key), _yaml_node(item)) for key, item in value.items()]
    return yaml.MappingNode(_MAP, pairs, flow_style=False)


def _plugins_without(node: yaml.Node) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        return yaml.MappingNode(node.tag, _others(node.value), flow_style=node.flow_style)
    items: list[yaml.Node] = []
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(item, yaml.MappingNode) and item.value:
            left = _others(item.value)
            if left:
                items.append(yaml.MappingNode(item.tag, left, flow_style=item.flow_style))
        elif _key(item) != PLUGIN:
            items.append(item)
    return yaml.SequenceNode(_SEQ, items, flow_style=not items)


def _others(pairs: list[_Pair]) -> list[_Pair]:
    return [pair for pair in pairs if _key(pair[0]) != PLUGIN]


def _longer(pair: _Pair | None, items: Iterable[str]) -> yaml.Node:
    # MkDocs takes its lists of names with settings as a mapping, too.
    value = None if pair is None or pair[1].tag == _NULL else pair[1]
    if isinstance(value, yaml.MappingNode):
        known = {_key(key) for key, _ in value.value}
        none = yaml.ScalarNode(_NULL, "")
        pairs = [*value.value, *((_yaml_node(item), none) for item in items if item not in known)]
        return yaml.MappingNode(value.tag, pairs, flow_style=value.flow_style)
    first = value.value if isinstance(value, yaml.SequenceNode) else [value] if value else []
    known = {_key(name) for item in first for name, _ in _named(item)}
    further = [_yaml_node(item) for item in items if item not in known]
    return yaml.SequenceNode(_SEQ, [*first, *further], flow_style=False)


def _theme(pair: _Pair | None, custom_dir: str) -> yaml.Node:
    pairs: dict[str, _Pair] = {}
    if pair is not None and isinstance(pair[1], yaml.MappingNode):
        pairs = {_key(key): (key, value) for key, value in pair[1].value}
    elif pair is not None and pair[1].tag != _NULL:
        _set(pairs, "name", pair[1])
    else:
        _set(pairs, "name", _yaml_node("mkdocs"))
    _set(pairs, "custom_dir", _yaml_node(custom_dir))
    return yaml.MappingNode(_MAP, list(pairs.values()), flow_style=False)
