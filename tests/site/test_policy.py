"""The Content-Security-Policy of pages."""

import base64
import hashlib

from sourcebook.site.policy import policy, with_policy


def hash_of(text):
    """The source by which a policy allows an inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(content):
    """A policy's directives with their sources."""
    return {part.split()[0]: part.split()[1:] for part in content.split("; ")}


def test_only_what_the_shell_runs_is_allowed():
    """What the shell has inline is allowed by hash; data and scripts with an address need no hash."""
    found = directives(
        policy(
            "<head><script>a&&b</script><script src=x.js></script><style>p{}</style>"
            '<script type="application/json">{"a":1}</script></head>'
            '<body><script type="module">c()</script><script>a&&b</script>'
        )
    )
    assert found["script-src"] == ["'self'", hash_of("a&&b"), hash_of("c()")]
    assert found["style-src"] == ["'self'", hash_of("p{}")]
    assert found["default-src"] == found["base-uri"] == ["'none'"]


def test_nothing_is_allowed_by_being_there():
    """No directive allows inline scripts, evaluated texts or another host."""
    content = policy("<script>x</script>")
    assert "unsafe" not in content and "*" not in content and "http" not in content


def test_a_policy_stands_before_what_it_governs():
    """The element comes right behind the character set, which must be early, and before every script."""
    page = '<!doctype html><html><head lang="en">\n  <meta charset="utf-8">\n<script>x</script></head></html>'
    given = with_policy(page, "default-src 'none'")
    assert given.index('charset="utf-8"') < given.index("Content-Security-Policy") < given.index("<script>")
    assert "content=\"default-src 'none'\"" in given
    assert with_policy("no head", "default-src 'none'") == "no head"
