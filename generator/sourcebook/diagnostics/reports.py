"""Diagnostics as text for people, and as documents for programs.

In: diagnostics in any order. Out: one string, the same for the same diagnostics.
The rule it guards: whatever an author's file holds, a report has one message a line,
and no character in it does anything to a terminal or to the program that reads it.
"""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from sourcebook.diagnostics.codes import Code, Severity
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related, in_order

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KEPT_FORMAT_CHARACTERS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""ZWNJ, ZWJ, LRM, RLM and ALM: words of some scripts are misspelt without them."""
ACTIVE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
ACTIVE_IN_MARKDOWN = re.compile(r"(`[^`]*`)|([\\*|\[\]])|(<)")


@dataclass(frozen=True, slots=True)
class Cut:
    """The diagnostics to print, in order, and how many of each severity are left out."""

    shown: tuple[Diagnostic, ...]
    errors: int = 0
    warnings: int = 0

    def __str__(self) -> str:
        """`and 12 more errors and 1 more warning`; empty where nothing is left out."""
        counts = ((self.errors, "error"), (self.warnings, "warning"))
        words = [f"{number:,} more {word}{'s' * (number != 1)}" for number, word in counts if number]
        return f"and {' and '.join(words)}" if words else ""


def cut(diagnostics: Iterable[Diagnostic], max_errors: int | None = None) -> Cut:
    """The diagnostics in order, up to and with the error number `max_errors` (from 1); `None` keeps all.

    Warnings do not count, and those behind the last error shown are left out with the rest.
    """
    ordered = in_order(diagnostics)
    places = [place for place, one in enumerate(ordered) if one.severity is Severity.ERROR]
    if max_errors is None or len(places) <= max_errors:
        return Cut(ordered)
    end = places[max_errors - 1] + 1
    errors = len(places) - max_errors
    return Cut(ordered[:end], errors, len(ordered) - end - errors)


def as_text(diagnostics: Iterable[Diagnostic], *, max_errors: int | None = None) -> str:
    """One block a diagnostic: place, severity, message and code, then its hint and related places.

    Empty for no diagnostics. With `max_errors` the last line says how many are left out.
    """
    part = cut(diagnostics, max_errors)
    lines = [line for diagnostic in part.shown for line in _text_lines(diagnostic)]
    if str(part):
        lines.append(f"{part} not shown")
    return "".join(f"{visible(line)}\n" for line in lines)


def as_json(diagnostics: Iterable[Diagnostic], *, max_errors: int | None = None) -> str:
    """A JSON object: `diagnostics` in order, and under `left_out` the number of errors and warnings.

    Each has `file`, `line`, `column`, `severity`, `code`, `message`, `hint`, and `related`, a list
    of objects with `file`, `line`, `column`, `message`. Line and column are 0 for a whole file,
    a hint that is not needed is empty. ASCII only: any other character is escaped.
    """
    part = cut(diagnostics, max_errors)
    return _dump(
        {
            "diagnostics": [_json_diagnostic(diagnostic) for diagnostic in part.shown],
            "left_out": {"errors": part.errors, "warnings": part.warnings},
        }
    )


def as_github(diagnostics: Iterable[Diagnostic], *, max_errors: int | None = None) -> str:
    """Workflow commands of GitHub Actions, one a line, which the code host shows beside the lines.

    Hint and related places are further lines of the message. Empty for no diagnostics.
    Escapes as in actions/toolkit, `packages/core/src/command.ts`.
    """
    part = cut(diagnostics, max_errors)
    lines = [_github_command(diagnostic) for diagnostic in part.shown]
    if str(part):
        lines.append(f"::notice title=sourcebook::{part} not shown")
    return "".join(f"{line}\n" for line in lines)


def as_sarif(
    diagnostics: Iterable[Diagnostic], *, tool: str, version: str, max_errors: int | None = None
) -> str:
    """A SARIF 2.1.0 log (OASIS) of one run of the named tool, with every code as a rule.

    Addresses of files are relative to the project's folder, columns count code points.
    What `max_errors` leaves out is a note among the run's notifications. ASCII only.
    """
    part = cut(diagnostics, max_errors)
    run = {
        "tool": {"driver": {"name": tool, "version": version, "rules": [_sarif_rule(code) for code in Code]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_sarif_invocation(part)],
        "results": [_sarif_result(diagnostic) for diagnostic in part.shown],
    }
    return _dump({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def codes_text(codes: Iterable[Code] = Code) -> str:
    """Each code with its severity, and its explanation indented below, in lines of at most 88."""
    blocks = [
        f"{code.slug} ({code.severity})\n"
        + textwrap.fill(
            code.explanation, 88, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
        for code in codes
    ]
    return "\n\n".join(blocks) + "\n"


def codes_markdown(codes: Iterable[Code] = Code) -> str:
    """Each code as a row of a Markdown table; each code's slug is an anchor of the page."""
    rows = [
        f'| <code id="{code.slug}">{code.slug}</code> | {code.severity} '
        f"| {ACTIVE_IN_MARKDOWN.sub(_inert_in_markdown, code.explanation)} |"
        for code in codes
    ]
    head = "| Code | Severity | What it means and what to do |\n| --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n"


def visible(line: str) -> str:
    r"""The line with each character that acts on a terminal written as `\uXXXX`, line ends too."""
    if line.isprintable():
        return line
    return "".join(_escape(character) if _is_active(character) else character for character in line)


def _is_active(character: str) -> bool:
    return unicodedata.category(character) in ACTIVE_CATEGORIES and character not in KEPT_FORMAT_CHARACTERS


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _text_lines(diagnostic: Diagnostic) -> tuple[str, ...]:
    head = f"{diagnostic.position}: {diagnostic.severity}: {diagnostic.message} [{diagnostic.code.slug}]"
    return (head, *(f"  {line}" for line in _remedy_lines(diagnostic)))


def _remedy_lines(diagnostic: Diagnostic) -> tuple[str, ...]:
    see = (f"see: {place.position}: {place.message}" for place in diagnostic.related)
    return (*_hint_lines(diagnostic), *see)


def _hint_lines(diagnostic: Diagnostic) -> tuple[str, ...]:
    return (f"hint: {diagnostic.hint}",) if diagnostic.hint else ()


def _dump(document: object) -> str:
    # ASCII keeps the lone surrogates of undecodable file names from breaking the output's encoding.
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _json_diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        **_json_position(diagnostic.position),
        "severity": diagnostic.severity.value,
        "code": diagnostic.code.slug,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "related": [
            {**_json_position(place.position), "message": place.message} for place in diagnostic.related
        ],
    }


def _json_position(position: Position) -> dict[str, object]:
    return {"file": position.file, "line": position.line, "column": position.column}


def _github_command(diagnostic: Diagnostic) -> str:
    position = diagnostic.position
    numbers = {"line": position.line, "col": position.column}
    places = [f"{name}={number}" for name, number in numbers.items() if number]
    properties = ",".join(
        (f"file={_github_property(position.file)}", *places, f"title={diagnostic.code.slug}")
    )
    lines = (diagnostic.message, *_remedy_lines(diagnostic))
    command = GITHUB_COMMANDS[diagnostic.severity]
    return f"::{command} {properties}::{_github_data(lines)}"


def _github_data(lines: Iterable[str]) -> str:
    # `visible` has made \r and \n harmless, so that %0D is never needed and %0A parts our own lines only.
    return "%0A".join(visible(line).replace("%", "%25") for line in lines)


def _github_property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(code: Code) -> dict[str, object]:
    return {
        "id": code.slug,
        "shortDescription": {"text": code.slug.replace("-", " ")},
        "fullDescription": {"text": code.explanation},
        "help": {"text": code.explanation},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _sarif_invocation(part: Cut) -> dict[str, object]:
    note = [{"level": "note", "message": {"text": f"{part} not shown"}}] if str(part) else []
    return {"executionSuccessful": True, "toolExecutionNotifications": note}


def _sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    related = [_sarif_related(number, place) for number, place in enumerate(diagnostic.related, start=1)]
    return {
        "ruleId": diagnostic.code.slug,
        "ruleIndex": list(Code).index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join((diagnostic.message, *_hint_lines(diagnostic)))},
        "locations": [{"physicalLocation": _sarif_location(diagnostic.position)}],
        "relatedLocations": related,
    }


def _sarif_related(number: int, place: Related) -> dict[str, object]:
    return {
        "id": number,
        "message": {"text": place.message},
        "physicalLocation": _sarif_location(place.position),
    }


def _sarif_location(position: Position) -> dict[str, object]:
    # `surrogateescape` gives a file name that is not UTF-8 its own bytes back.
    address = quote(position.file, safe="/", errors="surrogateescape")
    location: dict[str, object] = {"artifactLocation": {"uri": address}}
    numbers = {"startLine": position.line, "startColumn": position.column}
    if position.line:
        location["region"] = {name: number for name, number in numbers.items() if number}
    return location


def _inert_in_markdown(match: re.Match[str]) -> str:
    code, mark, _ = match.groups()
    if code is not None:
        return code
    return f"\\{mark}" if mark is not None else "&lt;"
