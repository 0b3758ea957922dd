"""A whole site of hostile texts, and one of harmless ones, built as an editor builds it."""

import json

from mkdocs.commands.build import build
from mkdocs.config import load_config

from hostile_records import files, options, records
from sourcebook.pages.fragments import FRAGMENTS

SITE_NAME = "Site of a test"
CONFIG = f"""\
site_name: {SITE_NAME}
site_url: https://example.org/facts/
edit_uri: https://example.org/edit/main/docs/
strict: true
theme:
  name: material
  font: false
  features: [content.action.edit, navigation.footer, navigation.indexes, navigation.path, navigation.tabs,
    navigation.top, search.highlight, search.share, search.suggest, toc.follow]
nav: [index.md, claims/index.md, disputes/index.md, events/index.md, actors/index.md, places/index.md,
  sources/index.md]
plugins:
  - search
  - sourcebook: OPTIONS
markdown_extensions: [attr_list, md_in_html, tables, toc: {{permalink: true}}]
"""


def build_site(folder, text):
    """Write a project with these texts into a folder and build it with `--strict`; the site's folder."""
    made = files(records(text))
    made["mkdocs.yml"] = CONFIG.replace("OPTIONS", json.dumps(options(text), ensure_ascii=False))
    made["docs/index.md"] = (
        "# Home\n\n" + "\n\n".join(f"<!-- sourcebook: {name} -->" for name in FRAGMENTS) + "\n"
    )
    for path, content in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"
