"""A small invented story with every thing that the views look at, and its pages."""

from sourcebook.pages.all_pages import view_pages
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings

FILES = {
    "mkdocs.yml": "site_name: Orrin Bay\nplugins: [sourcebook]\n",
    "docs/index.md": "# Home\n",
    "content/actors/port.yml": "name: Port Authority\ntype: public_body\nsources: courier#p1\n",
    "content/actors/speaker.yml": "name: Ana Lorn\ntype: person\nparent: port\nsources: courier#p1\n",
    "content/actors/union.yml": "name: Ferry Union\ntype: organization\ntags: [pier]\nsources: courier#p2\n",
    "content/actors/mayor.yml": "name: The Mayor\ntype: person\nsources: courier#p2\n",
    "content/actors/passengers.yml": "name: Stranded passengers\ntype: group\nsources: courier#p3\n",
    "content/events/closure.yml": """
title: Closure of the pier
type: other
date: 2031-04-10
tags: [pier]
sources: courier#p1
""",
    "content/claims/rotten.yml": """
text: The pier was closed because it was rotten.
claimant: speaker
on_behalf_of: port
about: closure
tags: [pier, safety]
sources: courier#p1
positions:
  - {actor: mayor, relation: supports}
revisions:
  - {date: 2031-04-20, change: The speaker is named., reason: A reader told us.}
""",
    "content/claims/sound.yml": """
text: The pier was sound.
claimant: union
about: closure
disputes: rotten
tags: [pier, safety]
sources: [courier#p2, gazette]
""",
    "content/claims/port-counts.yml": """
text: Between 40 and 60 people were stranded.
claimant: port
quantity:
  {measure: stranded, low: 40, best: 50, high: 60, unit: people, as_of: 2031-04-10, counted_group: passengers}
sources: courier#p3
""",
    "content/claims/union-counts.yml": """
text: At least 200 people were stranded.
claimant: union
quantity:
  {measure: stranded, low: 200, unit: people, qualifier: at_least, counted_group: passengers, of: closure}
sources: courier#p3
""",
    "content/claims/somebody-counts.yml": """
text: A hundred people were stranded.
claimant: unknown
quantity: {measure: stranded, best: 100, unit: people, as_of: 2031-04-11, counted_group: passengers}
sources: courier#p3
""",
    "content/claims/lasted.yml": """
text: The closure lasted three days.
claimant: courier
quantity: {measure: duration, best: 3, unit: days, of: closure}
sources: courier#p3-4
""",
    "content/disputes/why.yml": """
question: Why was the pier closed?
sides:
  - {answer: It was rotten., claims: rotten}
  - {answer: To break the strike., claims: sound}
sources: courier#p1-2
""",
    "seeds/courier.yml": """
title: North pier closed
type: article-newspaper
issued: 2031-04-12
paragraphs:
  - {number: 1, gist: The closure and its reason.}
  - {number: 2, gist: What the union says.}
  - {number: 3, gist: Figures.}
  - {number: 4}
  - {number: 5, gist: The weather.}
""",
    "seeds/gazette.yml": "title: Council gazette\ntype: document\n",
}

ONE_ACTOR = {
    name: FILES[name]
    for name in ("mkdocs.yml", "docs/index.md", "content/actors/port.yml", "seeds/courier.yml")
}
"""The least of a project: one actor, and the document that names it."""


def write(folder, files):
    """Files in a folder, by path."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


def graph_of(folder, changed=None, files=FILES):
    """The graph of the story in a folder, some of its files changed; an error in it fails the test."""
    write(folder, {**files, **(changed or {})})
    checked = check_project(read_settings(folder / "mkdocs.yml"))
    assert checked.graph, checked.diagnostics
    return checked.graph


def views_of(graph):
    """Each view by its name."""
    return {page.view.name: page for page in view_pages(graph)}


def texts_of(graph):
    """The Markdown of each view by its name."""
    render = make_renderer()
    return {name: render(page) for name, page in views_of(graph).items()}
