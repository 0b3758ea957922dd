"""A site of attacks: each in a title, a name and a paragraph, with every extension that attacks like.

In: a folder and the texts. Out: the built site. A second one of plain words tells what its pages must be.
The project has all that the attacks reach for: a file with a secret, snippets, fences for diagrams, lists of
attributes, and a hook that runs each page as a template, as macro plugins do.
"""

import json

from mkdocs.commands.build import build
from mkdocs.config import load_config

from safety.attacks import INERT, SECRET

HOOK = """\
from jinja2 import Environment

# Only expressions and statements: `{#` gives headings their ids.
ENGINE = Environment(comment_start_string="{##", comment_end_string="##}")

def on_page_markdown(markdown, page, **_):
    return ENGINE.from_string(markdown).render()
"""
CONFIG = """\
site_name: Attacked
site_url: https://example.org/facts/
theme: {name: material, font: false}
hooks: [hook.py]
nav: [index.md]
plugins: [search, sourcebook]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.magiclink
  - pymdownx.snippets: {base_path: [PROJECT]}
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ''}
  - toc: {permalink: true}
"""
PLAIN = dict.fromkeys(INERT, "Plain words")


def records(texts):
    """An actor and a claim for each text, in which it is name, title and prose, and their one source."""
    yield "seeds/src.yml", {"title": "A document", "type": "report"}
    for name, text in texts.items():
        title = f"about {text}"
        yield (
            f"content/actors/actor-{name}.yml",
            {"name": title, "type": "company", "aliases": [text], "sources": "src", "summary": text},
        )
        yield (
            f"content/claims/{name}.yml",
            {
                "text": title,
                "claimant": f"actor-{name}",
                "sources": "src",
                "note": text,
                "description": f"Above.\n\n{text}\n\nBelow.",
            },
        )


def attacked_site(folder, texts, bare=None):
    """Write the project with these texts, and with hand-written pages of bare Markdown; build it."""
    files = {path: json.dumps(record, ensure_ascii=False) for path, record in records(texts)}
    files |= {f"docs/bare/{name}.md": f"# About\n\n{text}\n" for name, text in (bare or {}).items()}
    files |= {
        "mkdocs.yml": CONFIG.replace("PROJECT", json.dumps(str(folder))),
        "docs/index.md": "# Home\n",
        "secret.txt": SECRET,
        "hook.py": HOOK,
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"
