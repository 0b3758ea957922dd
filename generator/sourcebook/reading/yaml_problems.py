"""What the YAML parser complains about, in words for whoever edits the file.

In: the parser's error and the text. Out: one diagnostic. The rule it guards: the message says what
is to be mended where an editor would look, whichever of the two parsers of PyYAML found it.
"""

import re

import yaml

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.reading.characters import place_in

_QUOTE_IT = "put the whole value in quotation marks"

# From libyaml 0.2.6 on, the parser looks ahead, and gives up before our own limit of depth is met.
_NESTED_TOO_DEEPLY = "maximum nesting depth"

# The specification (7.4) allows no longer key before a colon.
_LONGEST_KEY = 1024
_WITHOUT_COLON = "expected ':'"

_SOMETHING_ELSE = r"expected key|expected <block end>"

# The first row that is found in "context: problem" counts; {char} is the character at the place.
_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    (
        r"quoted scalar: .*(end of stream|document (indicator|separator))",
        "a quotation mark is opened and not closed",
        "close it; inside double quotation marks write \\\" for one, inside single ones ''",
    ),
    (
        r"mapping values are not allowed",
        "a colon where no key can stand",
        "put the value in quotation marks if it holds a colon and a space; else check the line's indent",
    ),
    (
        r"sequence entries are not allowed",
        "a list item where no list can stand",
        f"begin the list on a line of its own, or {_QUOTE_IT} if it begins with a dash",
    ),
    (
        r"mapping keys are not allowed",
        "a question mark and a space where no value can begin so",
        _QUOTE_IT,
    ),
    (r"tab character|'\\t' that cannot start", "a tab where only spaces can indent", "indent with spaces"),
    (r"cannot start any token", "a value cannot begin with '{char}'", _QUOTE_IT),
    (
        r"undefined alias",
        "an alias to an anchor that does not exist",
        "put a text that begins with '*' in quotation marks",
    ),
    (r"scanning an alias", "a value that begins with '*' without quotation marks", _QUOTE_IT),
    (r"scanning an anchor", "a value that begins with '&' without quotation marks", _QUOTE_IT),
    (
        r"(scanning|parsing) a(n? \S+)? tag|tag handle|tag URI",
        "a value that begins with '!' without quotation marks",
        _QUOTE_IT,
    ),
    (
        r"scanning a block scalar",
        "a text on the same line as the '|' or '>' that announces it",
        f"begin the text on the next line, or {_QUOTE_IT} if it begins with this sign",
    ),
    (
        r"escape|hexa?decimal",
        "a backslash in double quotation marks that stands for nothing",
        "write \\\\ for a backslash, or use single quotation marks",
    ),
    (r"directive", "a line that begins with '%' without quotation marks", _QUOTE_IT),
    (
        r"document start",
        "a line that belongs to nothing before it",
        "check the indent of this line and of the lines before it",
    ),
    (
        r"',' or '\]'",
        "a list in brackets that is not closed before this",
        "close it with ']', put a comma between its items, or put a text that begins with '[' "
        "in quotation marks",
    ),
    (
        r"',' or '\}'",
        "a mapping in braces that is not closed before this",
        "close it with '}', put a comma between its keys, or put a text that begins with '{' "
        "in quotation marks",
    ),
    (
        _WITHOUT_COLON,
        "a line with neither a key and a colon nor a place in the text before it",
        "write `key: value`, or indent the line if it goes on with the text above it",
    ),
    (
        r"'-' indicator|block collection: expected <block end>",
        "a line that is not an item of the list before it",
        "begin the line with '- ', or check its indent",
    ),
    (
        _SOMETHING_ELSE,
        "a line or word that does not belong to what stands before it",
        "check the indent of this line, and the quotation marks on it and on the line before",
    ),
    (r"node content", "a value cannot begin with '{char}'", _QUOTE_IT),
)

_BEGINS_WITH_SIGN = re.compile(r"""\s*(?:-\s+)*(?:[^\s'"\[{][^:]*:\s+)?(?P<sign>['"\[{])""")
_LIST = re.compile("sequence|collection")


def nested_too_deeply(deepest: int) -> str:
    """What is said of values below the deepest level that a file may have, whoever finds them."""
    return f"values are nested more than {deepest} levels deep"


def syntax_diagnostic(error: yaml.MarkedYAMLError, text: str, file: str, deepest: int) -> Diagnostic:
    """Report the error at the place where the parser gave up; `related` is where the open thing begins.

    `deepest` is the number of levels that a file may have.
    """
    said = f"{error.context or ''}: {error.problem or ''}"
    line, column = _place(error.problem_mark or error.context_mark, text)
    position = Position(file, line, column)
    if _NESTED_TOO_DEEPLY in said:
        hint = "split the file, or check whether it is what it seems"
        return Diagnostic(Code.TOO_LARGE, position, nested_too_deeply(deepest), hint)
    lines = text.split("\n")
    opening = Position(file, *_place(error.context_mark, text))
    if _is_long_key(said, lines[opening.line - 1]):
        message, hint = f"a key of more than {_LONGEST_KEY:,} characters", "keys are short: check the line"
        return Diagnostic(Code.YAML_SYNTAX, opening, message, hint)
    message, hint = _words(said, lines[line - 1], column)
    related = (_opening(error, opening),) if error.context_mark and opening != position else ()
    return Diagnostic(Code.YAML_SYNTAX, position, message, hint, related)


def _place(mark: yaml.Mark | None, text: str) -> tuple[int, int]:
    # A place behind all lines, which an editor could not open, becomes the end of the last one.
    if mark is None:
        return 1, 1
    return min((mark.line + 1, mark.column + 1), place_in(text, len(text.rstrip("\n"))))


def _is_long_key(said: str, line: str) -> bool:
    """Whether what seems to lack its colon has one, farther than the parser looks for it."""
    return _WITHOUT_COLON in said and ": " in f"{line} "[_LONGEST_KEY:]


def _words(said: str, line: str, column: int) -> tuple[str, str]:
    char = line[column - 1 : column]
    if char == "\t":
        return "a tab where only spaces can indent", "indent with spaces"
    if not char and "node content" in said:
        return "the line ends where a value is needed", "add the value, or close the bracket or brace"
    for pattern, message, hint in _PROBLEMS:
        if re.search(pattern, said):
            early_end = _hint_for_early_end(line[: column - 1]) if pattern == _SOMETHING_ELSE else ""
            return message.replace("{char}", char), early_end or hint
    return f"not well-formed YAML: {said.strip(': ')}", ""


def _hint_for_early_end(before: str) -> str:
    # A value that began with a quotation mark or a bracket was over before its line was.
    match = _BEGINS_WITH_SIGN.match(before)
    if not match:
        return ""
    if match["sign"] == "'":
        return f"inside single quotation marks write '' for one; or {_QUOTE_IT} of the other kind"
    if match["sign"] == '"':
        return f'inside double quotation marks write \\" for one; or {_QUOTE_IT} of the other kind'
    return f"{_QUOTE_IT}, since it begins with '{match['sign']}'"


def _opening(error: yaml.MarkedYAMLError, position: Position) -> Related:
    context = error.context or ""
    if "quoted" in context:
        return Related(position, "the quotation mark that opens stands here")
    what = "the mapping" if "mapping" in context else "the list" if _LIST.search(context) else "the value"
    return Related(position, f"{what} begins here")
