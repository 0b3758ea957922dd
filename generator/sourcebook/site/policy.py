"""The Content-Security-Policy of a site's pages.

In: a theme's shell: a page of its own making with nothing of the collection in it. Out: the policy.
The rule it guards: an inline script runs only if the theme itself has written it; one that stands in a
finished page for any other reason is refused by the browser.
"""

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What a page may load and run, by directive (CSP Level 3)."""
CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""The policy of a page that loads and runs nothing."""
RUN_AS_SCRIPT = frozenset({"", "module", "text/javascript", "application/javascript"})
HEAD = re.compile(r"<head\b[^>]*>(?:\s*<meta charset=[^>]*>)?", re.I)


def policy(shell: str, *, wasm: bool = False) -> str:
    """The policy that allows the inline scripts and styles of a shell, and files of the site itself.

    With `wasm` these files may run WebAssembly, as the search of large sites does.
    """
    inline = _Inline()
    inline.feed(shell)
    inline.close()
    scripts = [*hashes_of(inline.scripts), *(["'wasm-unsafe-eval'"] if wasm else [])]
    hashes = {"script-src": scripts, "style-src": hashes_of(inline.styles)}
    return "; ".join(
        " ".join([directive, sources, *hashes.get(directive, ())]) for directive, sources in SOURCES.items()
    )


def hashes_of(texts: list[str]) -> list[str]:
    """The hash sources of inline texts, each once, in order."""
    digests = (hashlib.sha256(text.encode()).digest() for text in dict.fromkeys(texts))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def with_policy(page: str, content: str) -> str:
    """A page with a policy that stands before anything it governs; unchanged where it has no head."""
    element = policy_element(content)
    return HEAD.sub(lambda found: f"{found[0]}\n      {element}", page, count=1)


def policy_element(content: str) -> str:
    """The element that gives a page its policy."""
    return f'<meta http-equiv="Content-Security-Policy" content="{html.escape(content, quote=False)}">'


class _Inline(HTMLParser):
    """Collects the texts of scripts that run and of styles, as a browser hashes them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        is_run = "src" not in attributes and (attributes.get("type") or "").lower() in RUN_AS_SCRIPT
        if tag == "script" and is_run:
            self._into = self.scripts
        elif tag == "style":
            self._into = self.styles
        if self._into is not None:
            self._into.append("")

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._into = None
