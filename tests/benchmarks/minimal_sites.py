"""The smallest sites that Hugo and Eleventy can make of the same facts: a page a record, and lists of them.

In: the records of a corpus. Out: a folder with Markdown, a template and settings. The rule it guards: a peer
gets its facts in the form that it reads fastest, with no theme, no search and no links back.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpus import FILES, Facts, write

NAMED = re.compile(r"\[\[([a-z]+)-([0-9]+)\]\]")
REFERENCE = re.compile(r"(actor|event|claim|dispute|place|source)-[0-9]{6}")
FOLDERS = {kind: Path(folder).name if kind != "source" else "sources" for kind, folder in FILES.items()}
TITLES = ("name", "title", "text", "question")

HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>%(title)s</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><header><a href="/">The Strait</a> <nav><a href="/claims/">Claims</a> <a href="/events/">Events</a>
<a href="/actors/">Actors</a> <a href="/places/">Places</a> <a href="/disputes/">Disputes</a>
<a href="/sources/">Sources</a></nav></header>
<main><h1>%(title)s</h1>%(content)s</main><footer>CC0-1.0</footer></body></html>
"""
HUGO_SETTINGS = (
    'baseURL = "https://strait.example/"\ntitle = "The Strait"\n'
    'disableKinds = ["taxonomy", "term", "rss"]\n[markup.goldmark.renderer]\nunsafe = true\n'
)
HUGO_LIST = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
ELEVENTY_SETTINGS = """export default function (config) {
  config.setQuietMode(true);
  return { dir: { input: "src", includes: "_includes", output: "_site" }, markdownTemplateEngine: false };
}
"""
ELEVENTY_LIST = """---
layout: page.njk
title: {title}
---
<ul>{{% for page in collections.{folder} %}}
<li><a href="{{{{ page.url }}}}">{{{{ page.data.title }}}}</a></li>{{% endfor %}}</ul>
"""


def write_hugo(folder: Path, records: Iterable[tuple[str, Facts]]) -> None:
    """A Hugo site with a template for pages and one for lists."""
    write(folder / "hugo.toml", HUGO_SETTINGS)
    for name, content in {"single": "{{ .Content }}", "list": HUGO_LIST, "home": "{{ .Content }}"}.items():
        write(folder / f"layouts/_default/{name}.html", HTML % {"title": "{{ .Title }}", "content": content})
    for kind, facts in records:
        write(folder / f"content/{FOLDERS[kind]}/{facts['id']}.md", page(facts))


def write_eleventy(folder: Path, records: Iterable[tuple[str, Facts]]) -> None:
    """An Eleventy site with one template, and a list of each kind."""
    write(folder / "eleventy.config.js", ELEVENTY_SETTINGS)
    write(folder / "package.json", '{"type": "module"}\n')
    template = HTML % {"title": "{{ title }}", "content": "{{ content | safe }}"}
    write(folder / "src/_includes/page.njk", template)
    for name in FOLDERS.values():
        write(folder / f"src/{name}/index.njk", ELEVENTY_LIST.format(title=name, folder=name))
        settings = {"layout": "page.njk", "tags": name}
        write(folder / f"src/{name}/{name}.json", json.dumps(settings))
    for kind, facts in records:
        write(folder / f"src/{FOLDERS[kind]}/{facts['id']}.md", page(facts))


def page(facts: Facts) -> str:
    """A record as Markdown with front matter: its prose, then its other facts as a list."""
    title = next(facts[key] for key in TITLES if key in facts)
    prose = "\n\n".join(NAMED.sub(named_link, facts[key]) for key in ("summary", "description"))
    others = (key for key in facts if key not in ("id", "summary", "description", *TITLES))
    lines = "\n".join(f"- {key}: {words(facts[key])}" for key in others)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{prose}\n\n{lines}\n"


def words(value: Any) -> str:
    """A value of any depth as words, with a link where it names a record."""
    if isinstance(value, dict):
        return "; ".join(f"{key} {words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(words(item) for item in value)
    found = REFERENCE.match(str(value))
    return f"[{value}](/{FOLDERS[found[1]]}/{found[0]}/)" if found else str(value)


def named_link(found: re.Match[str]) -> str:
    """A record that a prose names, as a link."""
    return words(f"{found[1]}-{found[2]}")
