"""Texts that try to be markup, for every test that prints authors' texts: a fixed list and mixtures of it."""

import random
from collections.abc import Iterator

FRAGMENTS = (
    *("<script>alert(1)</script>", "</span>", "</div>", "<b>", "<textarea>", "<!--", "-->", "<?php", "<![CDATA["),
    *("<base href=//evil>", "<img src=x onerror=alert(1)>", "</p>", "<svg/onload=alert(1)>", "<https://e.vil>"),
    *("[x](javascript:alert(1))", "![x](//e.vil/i.png)", "[Source]: evil", "[^1]", "[^1]: note", "[x][y]", "[TOC]"),
    *("javascript:alert(1)", "https://e.vil/?a=1&b=2", "www.e.vil", "ftp://e.vil", "mail@e.vil", "mailto:a@b.cd"),
    *("{: onmouseover=alert(1) }", "{#id .cls}", "{{ 7*7 }}", "{% raw %}", "{++a++}", "{--b--}", "{>>c<<}"),
    *('--8<-- ".git/config"', "-8<-", ";--8<--", "```mermaid", "~~~", "`code`", "``", "$x$", "$$", r"\(x\)"),
    *("*", "**", "***", "_", "__", "*a*", "**b**", "_c_", "~~d~~", "~e~", "^f^", "==g==", "++ctrl+c++", "^^h^^"),
    *("- ", "+ ", "* ", "1. ", "1) ", "١. ", "12345678901. ", "# ", "###### ", "#", " #", "> ", ": ", ":   ", "= "),
    *("---", "===", "***", "___", "- - -", "* * *", ":---|", "|", "|---|", ":-:", "+---+", "!!! note", "??? x"),
    *("::: mod", "/// note", ":smile:", ":100:", "*[HTML]: x", "[ ] ", "[x] ", "=== tab", "@user", "#12", "!", "("),
    *(")", "[", "]", "&amp;", "&#42;", "&copy;", "&", "&#x3c;", "\\", "\\*", "\\\\", "\\[", '"', "'", "“q”", "//"),
    *("\n", "\n\n", "\r\n", "\t", "\x00", "\x02", "\x03", "\x1b", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"),
    *("    ", " ", "\xa0", "\u2003", "\u3000", "\u200d", "\u200b", "\ufeff", "\ufffe", "\udc00", "\U0001f600"),
    *("Հայաստան", "قرة باغ", "سلام ", "中文。", "ქართული", "e\u0301", "—", "–", "…", "1915", "3.5", "a", "b c", ".", ","),
    *("klzzwxh:0000", "wzxhzdk:0", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\x02amp\x03", "title: x", "C++", "C#"),
)


def hostile_texts(count: int) -> Iterator[str]:
    """The fragments one by one, then mixtures of two to six; the same ones on each run."""
    yield from FRAGMENTS[:count]
    chance = random.Random(20231)  # noqa: S311 (a fixed seed)
    for _ in range(count - len(FRAGMENTS)):
        pieces = chance.choices(FRAGMENTS, k=chance.randint(2, 6))
        yield chance.choice(("", " ")).join(pieces)
