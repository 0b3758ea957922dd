"""Source texts: paragraphs, the form in which texts are compared, and the folder they lie in."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.diagnostics.codes import Code
from sourcebook.reading.source_texts import (
    SourceText,
    find_text,
    fingerprint,
    folded,
    paragraphs,
    read_source_texts,
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_paragraphs_are_divided_by_blank_lines(end):
    """Blank lines, also with spaces or unseen characters in them, divide; line breaks within stay."""
    text = end.join(["", " First line", "second  line ", "", " \t", "\u200b", "Third.", ""])
    assert paragraphs(text) == ("First line\nsecond  line", "Third.")


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200b"])
def test_a_blank_text_has_no_paragraphs(text):
    """No paragraph is empty."""
    assert paragraphs(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("so\u00adft ze\u200bro jo\u2060in\ufeff \u200e\u200f\u061cx", "soft zero join x"),
        ("e\u200b\u0301", "é"),
        ("‘a’ ‚b‛ “c” „d‟ «e»", '\'a\' \'b\' "c" "d" "e"'),
        (" a\u00a0 \n\t b\u3000c ", "a b c"),
        ("Cafe — CAFE…", "Cafe — CAFE…"),
    ],
)
def test_folding(text, expected):
    """What copying changes is made equal; letters, case and dashes stay."""
    assert folded(text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folded form."""
    assert folded(folded(text)) == folded(text)


def test_a_fingerprint_is_the_hash_of_the_folded_text():
    """Two copies of a paragraph that read the same have one fingerprint."""
    assert fingerprint("He said: “No”.") == sha256(b'He said: "No".').hexdigest()
    assert fingerprint(' He  said:\n"No". ') == fingerprint("He said: “No”.")


def test_the_folders_texts_are_read_in_order(tmp_path):
    """Text and Markdown files are read by name, other files are not, the hash is of the bytes."""
    (tmp_path / "b.txt").write_bytes(b"\xef\xbb\xbfOne.\r\n\r\nTwo.\r\n")
    (tmp_path / "a.md").write_bytes(b"Three.")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "d.txt").mkdir()
    texts, diagnostics = read_source_texts(tmp_path)
    assert diagnostics == ()
    assert [(text.name, text.paragraphs) for text in texts] == [
        ("a.md", ("Three.",)),
        ("b.txt", ("One.", "Two.")),
    ]
    assert texts[0].sha256 == sha256(b"Three.").hexdigest()


def test_a_missing_folder_has_no_texts(tmp_path):
    """Who has no texts at hand sees no error."""
    assert read_source_texts(tmp_path / "source_texts") == ((), ())


def test_a_text_in_another_encoding_is_reported(tmp_path):
    """A text that is not UTF-8 is left out with a position, under its folder's name."""
    folder = tmp_path / "source_texts"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"one\ncaf\xe9")
    (folder / "b.txt").write_bytes(b"good")
    texts, (diagnostic,) = read_source_texts(folder)
    assert [text.name for text in texts] == ["b.txt"]
    assert (diagnostic.code, str(diagnostic.position)) == (Code.NOT_UTF8, "source_texts/a.txt:2:4")


def test_a_file_in_place_of_the_folder_is_reported(tmp_path):
    """A folder that cannot be listed is an error, not a traceback."""
    (tmp_path / "texts").write_text("", encoding="utf-8")
    assert [d.code for d in read_source_texts(tmp_path / "texts")[1]] == [Code.UNREADABLE_FILE]


def test_a_text_is_found_by_name_then_by_bytes():
    """A file named like the source comes before one that has its hash."""
    named, hashed = SourceText("some-paper.txt", "aa", ()), SourceText("download.md", "bb", ())
    assert find_text([hashed, named], "some-paper", "bb") is named
    assert find_text([hashed, named], "other", "BB") is hashed
    assert find_text([hashed, named], "other", None) is None
