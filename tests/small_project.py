"""A small invented project on disk, and the ways to build it, for every test of the two doors.

In: a folder. Out: eleven records over two sources, two hand-written pages, a mkdocs.yml; and built sites as
values, file by file, so that two of them are compared at a glance.
"""

import os
import re
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from mkdocs.__main__ import cli as mkdocs_cli
from mkdocs.commands.build import get_files
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

import sourcebook
from sourcebook.cli import main as sourcebook_cli
from sourcebook.pages import all_pages
from sourcebook.site.spool import Spool

REPOSITORY = Path(__file__).parents[1]
PACKAGE_ROOT = Path(sourcebook.__file__).parents[1]
EPOCH = "1700000000"

FILES = {
    "mkdocs.yml": """\
site_name: The ferry of Millbrook
theme:
  name: material
  font: false
nav:
  - Home: index.md
  - Claims: claims/index.md
  - Disputes: disputes/index.md
  - Events: events/index.md
  - Actors: actors/index.md
  - Places: places/index.md
  - Sources: sources/index.md
  - Timeline: timeline.md
  - Map: map.md
  - Network: network.md
  - Tides: notes/tides.md
plugins:
  - search
  - sourcebook:
      title: The ferry of Millbrook
      as_of: 2031-05-04
markdown_extensions:
  - toc:
      permalink: true
""",
    "docs/index.md": """\
# The ferry of Millbrook

Why the ferry stopped: [the dispute](disputes/why-the-ferry-stopped.md), [all claims](claims/index.md).
""",
    "docs/notes/tides.md": "# Tides\n\nHigh water at noon. [Home](../index.md).\n\n![a buoy](buoy.svg)\n",
    "docs/notes/buoy.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
    "content/actors/ferry-company.yml": """\
name: Millbrook Ferry Company
type: company
aliases: [The Crossing & Co]
names:
  - {value: Паромная компания, lang: ru, used_by: town-council}
sources: millbrook-gazette#p1
""",
    "content/actors/town-council.yml": """\
name: Town Council of Millbrook
type: public_body
sources: council-minutes#p1
""",
    "content/actors/asha-verne.yml": """\
name: Asha Verne
type: person
posts:
  - {post: harbour master, organization: town-council, start_date: 2029-01}
former_ids: [a-verne]
sources: council-minutes#p2
""",
    "content/events/ferry-stops.yml": """\
title: The ferry stops running
type: other
date: "[2031-05-01..2031-05-02]"
verbatim_date: earlier this week
location: millbrook
participants:
  - {actor: ferry-company, role: agent}
sources: millbrook-gazette#p1
""",
    "content/claims/company.yml": """\
- id: engine-failed
  text: 'The ferry stopped because its engine failed: a < b & *no* [[money]] was asked for.'
  claim_type: causal
  claimant: ferry-company
  claim_date: 2031-05-02
  about: [ferry-stops]
  sources:
    - source: millbrook-gazette
      locator: {label: paragraph, value: "2"}
      quote: {exact: the engine gave out}
- id: forty-left-behind
  text: Forty passengers were left on the quay.
  claim_type: numerical
  claimant: ferry-company
  about: [ferry-stops]
  quantity: {measure: stranded, best: 40, unit: people, qualifier: about, of: ferry-stops}
  sources: millbrook-gazette#p3
""",
    "content/claims/money-ran-out.yml": """\
text: The ferry stopped because the company had not paid for fuel.
claim_type: causal
claimant: asha-verne
on_behalf_of: town-council
claim_date: 2031-05-03
about: [ferry-stops]
disputes: engine-failed
summary: |
  What the harbour master told the council about [[ferry-stops]].

  - *Fuel* was owed since **March**.
sources: council-minutes#p2-3
""",
    "content/disputes/why-the-ferry-stopped.yml": """\
question: Why did the ferry stop?
sides:
  - {answer: Its engine failed., claims: engine-failed}
  - {answer: The fuel was not paid for., claims: money-ran-out}
""",
    "content/places/millbrook.yml": "name: Millbrook\nsources: millbrook-gazette#p1\n",
    "seeds/millbrook-gazette.yml": """\
type: article-newspaper
title: Ferry stops, nobody knows for how long
publisher: Millbrook Gazette
issued: 2031-05-02
paragraphs:
  - {number: 1, gist: The ferry has stopped.}
  - {number: 2, gist: The company on its engine.}
  - {number: 3, gist: Who was left on the quay.}
""",
    "seeds/council-minutes.yml": """\
type: report
title: Minutes of the Town Council
issued: 2031-05-03
paragraphs:
  - {number: 1, gist: Who was present.}
  - {number: 2, gist: The harbour master reports.}
  - {number: 3, gist: On unpaid fuel.}
""",
}
RECORDS = 11
INDEXES = 6
VIEWS = len(all_pages.VIEWS)
HAND_WRITTEN = 2


def small_project(folder, changes=None):
    """Write the project into a folder, with other texts where given; None leaves a file out."""
    for path, text in {**FILES, **(changes or {})}.items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Ran:
    """How a command ended, and all that it printed."""

    exit_code: int
    output: str


def mkdocs_build(project, *arguments, site=None):
    """Run `mkdocs build` in this process, on the project's own mkdocs.yml."""
    where = ("--site-dir", str(site)) if site else ()
    return run_here(mkdocs_cli, "build", "-f", str(project / "mkdocs.yml"), *where, *arguments)


def generate(project, out, *arguments):
    """Run `sourcebook generate` in this process."""
    config = str(project / "mkdocs.yml")
    return run_here(sourcebook_cli, "generate", "-f", config, "--out", str(out), *arguments)


def verify(project, site):
    """Run `sourcebook verify` in this process."""
    return run_here(sourcebook_cli, "verify", "-f", str(project / "mkdocs.yml"), str(site))


def run_here(command, *arguments):
    """Run a click command; an exception other than an exit is the test's failure."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": before or EPOCH})
    ended = runner.invoke(command, arguments, catch_exceptions=False)
    return Ran(ended.exit_code, ended.output)


def environment(**changes):
    """The environment of a process of its own, in which the package under test wins."""
    own = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PACKAGE_ROOT)}
    return {**os.environ, **own, **changes}


def mkdocs_process(project, *arguments, **changes):
    """Run `mkdocs` in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout + ended.stderr)


def markdown_for_mkdocs(project, site):
    """What the plugin hands to MkDocs: each file that it made and each page, by path in the docs folder."""
    with chdir(project):
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    return {
        file.src_uri: file.content_string
        if file.generated_by == "sourcebook"
        else config.plugins.on_page_markdown(
            file.content_string, page=Page(None, file, config), config=config, files=files
        )
        for file in files
        if file.generated_by == "sourcebook" or file.is_documentation_page()
    }


def content_of(folder):
    """Every file of a folder by its relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(one, other):
    """The paths at which two folders, each as files by path, differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def pages_in(site):
    """The HTML pages of a site by address, without the page for missing ones and the redirects."""
    pages = {path: text.decode() for path, text in content_of(site).items() if path.endswith(".html")}
    return {path: text for path, text in pages.items() if path != "404.html" and not is_redirect(text)}


def is_redirect(text):
    """Whether a page only leads on to another."""
    return 'http-equiv="refresh"' in text


def article(text):
    """The article of a page: from its opening tag to its closing one."""
    found = re.findall(r"<article\b.*?</article>", text, re.DOTALL)
    assert len(found) == 1, f"{len(found)} articles on a page"
    return found[0]


def spooled(path, content):
    """A spool with one file."""
    spool = Spool()
    spool.put(path, (content,))
    return spool
