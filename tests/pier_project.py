"""A small invented project with a record of every kind, for tests of what a page says of itself."""

from sourcebook.site.check import check_project, read_settings

ADDRESS = "https://example.org/bay/"
MKDOCS = """
site_name: The pier of Orrin Bay
{site_url}theme:
  name: material
  font: false
nav: [index.md, claims/index.md]
plugins:
  - search
  - sourcebook:
      as_of: 2031-04-12
      licence_url: https://licences.example.org/by
markdown_extensions:
  - toc:
      permalink: true
validation:
  omitted_files: ignore
"""
FILES = {
    "docs/index.md": "# The pier\n\nWelcome.\n",
    "seeds/courier.yml": """
title: North pier closed
type: article-newspaper
container_title: The Bay Courier
issued: 2031-04-12
url: https://courier.example.org/pier
paragraphs:
  - {number: 1, gist: The pier is closed.}
""",
    "content/actors/port-authority.yml": """
name: Orrin Bay Port Authority
type: public_body
wikidata_id: Q42
sources: courier#p1
""",
    "content/actors/a-ferryman.yml": """
name: A ferryman of the north shore
type: person
anonymous: true
sources: courier#p1
""",
    "content/places/north-pier.yml": """
name: North pier
latitude: 51.5
longitude: -0.25
sources: courier#p1
""",
    "content/places/the-bay.yml": """
name: The bay
sources: courier#p1
""",
    "content/events/closure.yml": """
title: Closure of the pier
type: road_closure
date: 2031-04
location: north-pier
sources: courier#p1
graphic: true
""",
    "content/claims/pier-was-rotten.yml": """
text: The planks were “rotten” & </script> soft.
claimant: port-authority
claim_date: 2031-04-10
appearance: courier
about: [closure]
sources: courier#p1
disputes: [pier-was-sound]
revisions:
  - {date: 2031-04-11, change: A date was mended.}
""",
    "content/claims/pier-was-sound.yml": """
text: The pier was sound.
claimant: a-ferryman
claim_date: 2031-04-01/2031-04-09
sources: courier#p1
reviews:
  - author: Pier Facts
    url: https://facts.example.org/pier
    date: 2031-04-11
    rating_text: Not borne out
""",
    "content/disputes/state-of-the-pier.yml": """
question: Was the pier sound?
sides:
  - {answer: "Yes", claims: [pier-was-sound]}
  - {answer: "No", claims: [pier-was-rotten]}
""",
}


def write_project(folder, *, published=True, extra=None):
    """Write the project into a folder; `published` gives it an address, `extra` replaces or adds files."""
    site_url = f"site_url: {ADDRESS}\n" if published else ""
    for path, text in {"mkdocs.yml": MKDOCS.format(site_url=site_url), **FILES, **(extra or {})}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def graph_of(folder):
    """The graph of a project without errors."""
    checked = check_project(read_settings(folder / "mkdocs.yml"))
    assert checked.graph, [str(found) for found in checked.diagnostics]
    return checked.graph
