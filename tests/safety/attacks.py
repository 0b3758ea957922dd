"""The attacks that get through a bare pipeline, by name: what somebody writes into a fact.

In: nothing. Out: `INERT`, texts that are accepted and shown as text; `REFUSED`, texts that are errors with a
place. The rule it guards: a stranger who asks "what of this trick?" finds it here, and a test of its name.
"""

from dataclasses import dataclass

SECRET = "seventeen-copper-kettles"
"""What stands in a file of the project that nobody publishes."""
EVIL = "evil.example"


@dataclass(frozen=True)
class Attack:
    """A text for a title, a name and a paragraph, and Markdown in which it works, where the text is not that.

    `bare` is what a template writes that prints texts as they are: with it the tests show that they would see
    the attack.
    """

    text: str
    bare: str = ""


@dataclass(frozen=True)
class Refusal:
    """What is written into a field of a claim, as YAML, and the code of the error that it is."""

    field: str
    code: str


RUNS = "window.__pwned=1"
INERT = {
    "script-element": Attack(f"<script>{RUNS}</script>"),
    "onerror-of-an-image": Attack(f"<img src=x onerror={RUNS}>", f'<img src="x" onerror="{RUNS}">'),
    "ontoggle-of-details": Attack(f"<details open ontoggle={RUNS}>x</details>"),
    "onload-of-svg": Attack(f"<svg onload={RUNS}>", f'<svg onload="{RUNS}"></svg>'),
    "attribute-list": Attack(f"{{: onmouseover={RUNS} }}", f"A word\n{{: onmouseover={RUNS} }}"),
    "snippet": Attack('--8<-- "secret.txt"'),
    "html-in-a-title": Attack(f"</title></h1><script>{RUNS}</script>"),
    "mermaid-fence": Attack("~~~mermaid graph TD; A--&gt;B ~~~", "~~~mermaid\ngraph TD;\n~~~"),
    "remote-image": Attack(f"<img src=https://{EVIL}/x.png>"),
    "remote-image-of-markdown": Attack(f"![x][1] [1]: https://{EVIL}/x.png", f"![x](https://{EVIL}/x.png)"),
    "link-definition": Attack(f"[Source]: https://{EVIL}/", f"[Source]: https://{EVIL}/\n\n[Source]"),
    "script-end-in-json-ld": Attack(
        f"</script><script>{RUNS}</script>",
        f'<script type="application/ld+json">{{"name": "</script><script>{RUNS}</script>"}}</script>',
    ),
    "textarea": Attack("<textarea>"),
    "end-of-elements": Attack("</p></div></article></main>"),
    "base-element": Attack(f"<base href=//{EVIL}/>"),
    "meta-refresh": Attack(f"<meta http-equiv=refresh content='0;url=//{EVIL}/'>"),
    "macro": Attack("{{ 6 * 7777 }}{% set x = 1 %}", "{{ '<b>46662</b>' }}"),
    "comment": Attack("<!-- and all that follows", "<!-- a remark -->"),
    "autolink": Attack(f"https://{EVIL}/ and <https://{EVIL}/>"),
    "html-entity": Attack(f"&lt;script&gt;{RUNS}&lt;/script&gt;", "&lt;script&gt; <i>x</i>"),
    "raw-html-block": Attack(f'<div markdown="1" onclick="{RUNS}">'),
}
"""What each attack writes: a reader sees these very characters, and no page has an element more or less."""

REFUSED = {
    "javascript-in-a-link-of-prose": Refusal(f"summary: '[x](javascript:{RUNS})'", "bad-prose"),
    "javascript-in-an-address": Refusal(f"same_as: 'javascript:{RUNS}'", "bad-address"),
    "data-address": Refusal("same_as: 'data:text/html,x'", "bad-address"),
    "address-without-a-scheme": Refusal(f"same_as: //{EVIL}/", "bad-address"),
    "user-name-in-an-address": Refusal(f"same_as: https://example.org@{EVIL}/", "bad-address"),
    "newline-in-a-title": Refusal(r'aliases: ["x\ntemplate: redirect.html"]', "bad-text"),
    "html-in-a-tag": Refusal(f"tags: ['<script>{RUNS}</script>']", "bad-value"),
    "bidi-override": Refusal(r'note: "a \u202e b"', "forbidden-character"),
    "nul": Refusal(r'note: "a \0 b"', "forbidden-character"),
    "escape-of-a-terminal": Refusal(r'note: "a \e[31m b"', "forbidden-character"),
    "tag-character": Refusal(r'note: "a \U000E0041 b"', "forbidden-character"),
    "unknown-field": Refusal("template: redirect.html", "unknown-key"),
}
"""What is an error, with file, line and column, before anything is made of it."""
