"""The source documents' own texts, where an editor has them at hand.

In: a folder that git ignores. Out: the paragraphs of each text, and the form in which two texts are
compared. The rule it guards: a quote or a fingerprint agrees with a text if a reader would say so,
whatever copying did to spaces, quotation marks and characters that nobody sees.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256 as sha256_of
from pathlib import Path

from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.reading.characters import decoded
from sourcebook.reading.files import unreadable

_SUFFIXES = (".txt", ".md")
_INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FOLDED = str.maketrans(
    {**dict.fromkeys(_INVISIBLE), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟«»", '"')}
)
_LINE_END = re.compile("\r\n?|\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text: the file's name, the SHA-256 of its bytes in hex, and its paragraphs."""

    name: str
    sha256: str
    paragraphs: tuple[str, ...]


def paragraphs(text: str) -> tuple[str, ...]:
    """Divide a text at its blank lines; each paragraph is as written but trimmed, none is empty."""
    blocks: list[list[str]] = [[]]
    for line in _LINE_END.split(text):
        if folded(line):
            blocks[-1].append(line)
        else:
            blocks.append([])
    return tuple("\n".join(block).strip() for block in blocks if block)


def folded(text: str) -> str:
    """Bring a text to the form in which texts are compared.

    Invisible characters are dropped, quotation marks straightened, runs of white space made one
    space, the ends trimmed, and all is in Unicode's normal form C. Folding twice changes nothing.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDED)).split())


def fingerprint(paragraph: str) -> str:
    """Return the SHA-256, in hex, of the folded paragraph in UTF-8."""
    return sha256_of(folded(paragraph).encode("utf-8")).hexdigest()


def read_source_texts(folder: Path) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Read the files `*.txt` and `*.md` of a folder in the order of their names; a missing folder has none.

    A file that cannot be read, or is not UTF-8, is reported and left out. Messages name the files
    by the folder's own name and theirs.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and path.is_file())
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        return (), (unreadable(folder.name, error),)
    read = [_source_text(path) for path in paths]
    texts = tuple(each for each in read if isinstance(each, SourceText))
    return texts, tuple(each for each in read if isinstance(each, Diagnostic))


def _source_text(path: Path) -> SourceText | Diagnostic:
    name = f"{path.parent.name}/{path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        return unreadable(name, error)
    text = decoded(data, name)
    if isinstance(text, Diagnostic):
        return text
    return SourceText(path.name, sha256_of(data).hexdigest(), paragraphs(text))


def find_text(texts: Iterable[SourceText], source_id: str, sha256: str | None) -> SourceText | None:
    """Find the text of a source: the file that is named like it, else the one whose bytes it names."""
    texts = tuple(texts)
    by_name = (text for text in texts if Path(text.name).stem == source_id)
    by_bytes = (text for text in texts if sha256 and text.sha256 == sha256.lower())
    return next(by_name, None) or next(by_bytes, None)
