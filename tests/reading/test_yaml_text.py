"""Reading YAML: values stay as written, and what is refused is reported where it stands."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reader import any_faults
from sourcebook.diagnostics.codes import Code, Severity
from sourcebook.reading import yaml_text
from sourcebook.reading.nodes import place, plain
from sourcebook.reading.yaml_text import Limits, read_yaml


@pytest.fixture(params=[yaml.CBaseLoader, yaml.BaseLoader], ids=["C", "Python"], autouse=True)
def loader(request, monkeypatch):
    """Each test runs with both of PyYAML's parsers."""
    monkeypatch.setattr(yaml_text, "LOADER", request.param)


def read(text, **limits):
    """Read a text or bytes with some limits changed."""
    return read_yaml(text.encode() if isinstance(text, str) else text, "x.yml", Limits(**limits))


def value(text):
    """Return the plain value of a text without diagnostics."""
    reading = read(text)
    assert reading.diagnostics == ()
    return plain(reading.root)


def reports(text, **limits):
    """Return the code and place of each diagnostic."""
    found = read(text, **limits).diagnostics
    return [(each.code, each.position.line, each.position.column) for each in found]


NOT_TEXT_IN_YAML_1_1 = (
    *("no", "yes", "on", "Off", "NO", "~", "null", "true", "00123", "0x1F", "0o17", "1_000", "1e3"),
    *("12:30", "1:20:30", "1.10", ".inf", "2023-09-24", "=", "+1", "-0"),
)


@pytest.mark.parametrize("scalar", NOT_TEXT_IN_YAML_1_1)
def test_plain_scalars_stay_the_authors_characters(scalar):
    """None of the types that YAML 1.1 sees in unquoted text is made of it."""
    assert value(f"id: {scalar}") == {"id": scalar}
    assert value(f"{scalar}: x") == {scalar: "x"}


def test_an_empty_value_is_an_empty_text():
    """A key without a value has the empty text, just behind its colon."""
    root = read("a:\nb: ''\n").root
    assert plain(root) == {"a": "", "b": ""}
    assert place(root, ["a"]) == (1, 3)


def test_brackets_of_a_date_are_a_list():
    """A date in brackets comes as the list that YAML sees, its text unchanged."""
    assert value("date: [2023-09-18..2023-09-24]") == {"date": ["2023-09-18..2023-09-24"]}


@pytest.mark.parametrize("text", ["? id", "? id\n\n"])
def test_an_empty_value_is_where_an_editor_can_go(text):
    """A key that ends with the file has its value there, not on a line that is not there."""
    assert place(read(text).root, ["id"]) == (1, 5)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\ufeff", "\n\n"])
def test_an_empty_file_has_no_root(text):
    """A file without a document is read without a complaint, and has no root."""
    assert read(text) == yaml_text.Reading(None, ())


def test_a_start_marker_and_an_end_marker_are_allowed():
    """One document may stand between `---` and `...`."""
    assert value("---\na: b\n...\n") == {"a": "b"}


def test_byte_order_mark_and_crlf():
    """A byte-order mark is not counted, and CRLF ends a line as LF does."""
    text = "\ufeffa: |\r\n  one\r\n  two\r\nb: x\r\n"
    root = read(text).root
    assert plain(root) == {"a": "one\ntwo\n", "b": "x"}
    assert place(root, ["a"], at_key=True) == (1, 1)
    assert place(root, ["b"]) == (4, 4)


def test_columns_count_characters():
    """A character beyond the Basic Multilingual Plane is one column, before and after a line end."""
    root = read("𐍈a: {😀: [𝔸, b]}\r\nc: '😀' \r\n").root
    assert place(root, ["𐍈a"]) == (1, 5)
    assert place(root, ["𐍈a", "😀", 1]) == (1, 13)
    assert place(root, ["c"]) == (2, 4)
    assert reports('😀: "😀\\u202e"') == [(Code.FORBIDDEN_CHARACTER, 1, 6)]


@pytest.mark.parametrize(
    ("data", "line", "column", "hint"),
    [
        (b"a: b\nname: caf\xe9\n", 2, 10, "Windows-1252 the byte would be 'é'"),
        ("\ufeff😀: ".encode() + b"\xff", 1, 4, "'ÿ'"),
        ("a: b".encode("utf-16"), 1, 1, "UTF-16"),
        (b"a: \xed\xa0\x80", 1, 4, "UTF-8"),
    ],
)
def test_not_utf8_names_the_first_bad_byte(data, line, column, hint):
    """Another encoding is reported at the first byte that is not UTF-8, with a guess of what it is."""
    (found,) = read(data).diagnostics
    assert (found.code, found.position.line, found.position.column) == (Code.NOT_UTF8, line, column)
    assert hint in found.hint


FORBIDDEN = (
    "\0\x01\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9f\u2028\u2029\u202a\u202e\u2066\u2069\ufff9\ufffb\ufdd0\ufdef"
    "\ufffe\uffff\U0001fffe\U0001ffff\U0010ffff\U000dfffe\U000e0000\U000e0041\U000e007f"
)


@pytest.mark.parametrize("character", [*FORBIDDEN, "\r"], ids=lambda c: f"U+{ord(c):04X}")
def test_forbidden_characters_are_refused(character):
    """A forbidden character is reported at its place, raw or as an escape, and is not passed on."""
    for text in (f"a: x{character}y\nb: c", f'a: "\\U{ord(character):08x}"', f'"\\U{ord(character):08x}": a'):
        reading = read(text)
        (found,) = reading.diagnostics
        assert found.code is Code.FORBIDDEN_CHARACTER
        assert (found.position.line, found.position.column) == (
            1,
            text.find(character) + 1 or text.find("\\") + 1,
        )
        assert character not in str(plain(reading.root))


@pytest.mark.parametrize("character", "\u00ad\u200b\u2060\ufeff", ids=lambda c: f"U+{ord(c):04X}")
def test_invisible_characters_are_kept_with_a_warning(character):
    """An invisible character is a warning, raw or as an escape, and stays in the value."""
    for text in (f"a: x{character}y", f'a: "x\\u{ord(character):04x}y"'):
        reading = read(text)
        (found,) = reading.diagnostics
        assert found.code is Code.INVISIBLE_CHARACTER and found.severity is Severity.WARNING
        assert plain(reading.root) == {"a": f"x{character}y"}


@pytest.mark.parametrize("character", "\u200c\u200d\u200e\u200f\u061c\u00a0\ufffd\ue000\U000e0100\U0001f600é")
def test_other_characters_are_accepted(character):
    """Joiners, marks of direction and everything that is seen need no complaint."""
    assert value(f"a: x{character}y") == {"a": f"x{character}y"}


def test_an_escaped_backslash_begins_no_escape():
    """Only what YAML reads as an escape is looked at, over line ends too."""
    assert value('a: "\\\\u202e \\t \\n"') == {"a": "\\u202e \t \n"}
    assert reports('a: "x\n  \\\\\\0"') == [(Code.FORBIDDEN_CHARACTER, 2, 5)]


def test_many_invisible_characters_hide_no_forbidden_one():
    """The number of reports of one code is bounded, and those of the other are not counted with them."""
    found = reports("a: " + "\u200b" * 300 + "\0" * 300)
    assert [code for code, *_ in found].count(Code.FORBIDDEN_CHARACTER) == 100
    assert len(found) == 200


def test_duplicate_keys_are_all_reported():
    """A repeated key is reported at its second place with the first one, and reading goes on."""
    reading = read("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [(str(d.position), str(d.related[0].position)) for d in reading.diagnostics] == [
        ("x.yml:2:11", "x.yml:2:5"),
        ("x.yml:3:1", "x.yml:1:1"),
    ]
    assert {d.code for d in reading.diagnostics} == {Code.DUPLICATE_KEY}
    assert plain(reading.root) == {"a": "1", "b": {"c": "1"}}


def test_equal_keys_are_compared_as_text():
    """Keys that YAML 1.1 would make equal are two keys."""
    assert value("yes: a\ntrue: b\n1: c\n01: d") == {"yes": "a", "true": "b", "1": "c", "01": "d"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: &anchor b", 1, 4),
        ("a: &anchor\n  b: c", 1, 4),
        ("a: *alias", 1, 4),
        ("- *alias", 1, 3),
        ("*a : b", 1, 1),
        ("a: !tag b", 1, 4),
        ("a: !!str 1", 1, 4),
        ("a: ! 1", 1, 4),
        ("a: !!python/object:os.system {}", 1, 4),
        ("!tag k: b", 1, 1),
        ("a: b\n<<: {c: d}", 2, 1),
        ("%YAML 1.1\n---\na: b", 1, 1),
        ("%TAG !e! tag:e,2000:\n---\na: b", 1, 1),
        ("a: b\n---\nc: d", 2, 1),
    ],
)
def test_features_beyond_the_format_are_refused(text, line, column):
    """Anchors, aliases, tags, merge keys, directives and further documents are reported where they stand."""
    assert reports(text) == [(Code.YAML_FEATURE, line, column)]


def test_a_quoted_merge_sign_is_a_key():
    """Only the plain `<<` merges."""
    assert value("'<<': a") == {"<<": "a"}


def test_reading_goes_on_after_a_refused_value():
    """What an alias stands for is left out, and the rest is there."""
    reading = read("a: *x\nb: [c, *y, d]\ne: &f g")
    assert plain(reading.root) == {"b": ["c", "d"], "e": "g"}
    assert len(reading.diagnostics) == 3


@pytest.mark.parametrize("key", ["{a: b}", "[a]", "? [a]\n"])
def test_a_key_is_a_text(key):
    """A list or mapping as a key is reported, and the other keys are read."""
    reading = read(f"{key}: c\nd: e")
    assert [d.code for d in reading.diagnostics] == [Code.YAML_SYNTAX]
    assert plain(reading.root) == {"d": "e"}


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("a:\n\tb: c", (2, 1), "tab", "spaces"),
        ("a: He said: no", (1, 11), "colon", "quotation marks"),
        ('a: "b\nc: d\n', (2, 5), "not closed", "close it"),
        ("a: 'it's'", (1, 8), "does not belong", "''"),
        ('a: "No" he said', (1, 9), "does not belong", '\\"'),
        ("a: [sic] he said", (1, 10), "does not belong", "begins with '['"),
        ("a: @name", (1, 4), "'@'", "quotation marks"),
        ("a: `name`", (1, 4), "'`'", "quotation marks"),
        ("a: %name", (1, 4), "'%'", "quotation marks"),
        ("a: *bold*", (1, 9), "'*'", "quotation marks"),
        ("a: & b", (1, 5), "'&'", "quotation marks"),
        ("a: !e!f b", (1, 4), "'!'", "quotation marks"),
        ("a: [b\nc: d", (2, 2), "not closed", "']'"),
        ("a: {b: c", (1, 9), "not closed", "'}'"),
        ("a: |text", (1, 5), "'|'", "next line"),
        ("a: ? b", (1, 4), "question mark", "quotation marks"),
        ("a: - b", (1, 4), "list item", "line of its own"),
        ("- a\nb: c", (2, 1), "not an item", "indent"),
        ("a:\n  b: c\n d: e", (3, 2), "does not belong", "indent"),
        ("a: ]", (1, 4), "']'", "quotation marks"),
        ("a: b\n...\nfoo", (3, 1), "belongs to nothing", "indent"),
        ("a: b\nsecond\nc: d", (3, 1), "colon", "key: value"),
    ],
)
def test_yaml_errors_are_said_in_plain_words(text, place, message, hint):
    """Each common mistake is named with its remedy, where the parser gave up."""
    (found,) = read(text).diagnostics
    assert found.code is Code.YAML_SYNTAX
    assert message in found.message and hint in found.hint
    assert found.position.line == place[0]


@pytest.mark.parametrize("escape", ["\\q", "\\xzz", "\\U00110000", "\\UFFFFFFFF"])
def test_unknown_escapes_are_yaml_errors(escape):
    """A backslash that stands for nothing is reported on its line."""
    assert [(code, line) for code, line, _ in reports(f'a: b\nc: "{escape}"')] == [(Code.YAML_SYNTAX, 2)]


def test_an_unclosed_quotation_mark_says_where_it_opens():
    """The end of the file is where the parser gives up; the related place is where the mistake is."""
    (found,) = read('a: b\nc: "d\ne: f\n').diagnostics
    assert str(found.related[0].position) == "x.yml:2:4"


def test_limit_of_bytes():
    """A file of more bytes than the limit is not looked at."""
    assert reports("a: bc", bytes=5) == []
    assert reports("a: bcd", bytes=5) == [(Code.TOO_LARGE, 1, 1)]


def test_limit_of_depth():
    """Reading stops at the first value that is nested too deeply, in each style."""
    assert reports("[[[a]]]", depth=3) == []
    assert reports("[[[[a]]]]", depth=3) == [(Code.TOO_LARGE, 1, 4)]
    assert reports("a:\n b:\n  - - c", depth=3) == [(Code.TOO_LARGE, 3, 5)]


def test_limit_of_nodes():
    """Keys, values and lists count, and reading stops at the first one too many."""
    assert reports("a: [b, c]", nodes=5) == []
    assert reports("a: [b, c, d]", nodes=5) == [(Code.TOO_LARGE, 1, 11)]
    assert reports("[*a, *a]", nodes=2)[-1] == (Code.TOO_LARGE, 1, 6)


def test_limit_of_a_value():
    """A value that is longer than a long text is refused where it begins."""
    assert reports("a: 12345", scalar=5) == []
    assert reports("a: |\n  123\n  456", scalar=5) == [(Code.TOO_LARGE, 1, 4)]


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "[{a: ", "&a [", "!a [", "[\n", "{? "])
def test_deep_nesting_neither_crashes_nor_hangs(piece):
    """A file that is nothing but openings is refused at the first level too many."""
    assert Code.TOO_LARGE in [code for code, *_ in reports(piece * 20_000)]


def test_many_directives_do_not_hang():
    """A flood of directives, which the parser compares with each other, is refused before it is parsed."""
    assert reports("".join(f"%TAG !a{n}! x\n" for n in range(100_000)))[-1] == (Code.TOO_LARGE, 17, 1)


def test_an_alias_bomb_stays_small():
    """Aliases are refused, not followed."""
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    assert {code for code, *_ in reports("\n".join(lines))} == {Code.YAML_FEATURE}


PIECES = (
    *(
        "a",
        "b: ",
        "- ",
        "\n",
        "  ",
        "\t",
        "\r\n",
        "\r",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "? ",
        ": ",
        "| ",
        ">-\n",
        "#c",
    ),
    *(
        "&x ",
        "*x",
        "!t ",
        "!!str ",
        "!",
        "<<: ",
        "%Y",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "%YAML 1.99999",
    ),
    *("\ufeff", "😀", "\0", "\u200b", "\u202e", "\u2028", "\\", "\\x", "\\u12", "\\U0011", "0000", "@", "`"),
)
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(max_examples=600, deadline=None)
@given(st.one_of(YAMLISH.map(str.encode), st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def read_any_bytes(data):
    """Read the bytes as a record file and as mkdocs.yml, and look at what is reported."""
    assert any_faults(data, Limits(depth=5, nodes=40, characters=3)) == []


def test_any_bytes_are_read_or_refused_with_a_position():
    """No bytes make a traceback, each diagnostic has a place in the file, and nothing is lost in silence."""
    read_any_bytes()
