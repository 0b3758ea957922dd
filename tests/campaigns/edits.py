"""Edits without end under `mkdocs serve`: facts, pages, templates and options, right and wrong, in every way.

In: a folder, a number of edits, a seed. Out: how many edits were seen, how long each took, how often the site
came back after a mistake, and every page that was not what a fresh build of the same state makes.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from campaigns.load import HOST, free_port, wait_for
from small_project import FILES, environment, mkdocs_process, small_project

PATIENCE = 20
"""Seconds after which an edit counts as never seen."""
SLOW = 2
"""Seconds that no answer may take; what an edit becomes takes as long as a build."""
PANEL = 'class="sb-errors"'
COMPARED = (".html", ".json", ".xml", ".csv")
NOT_COMPARED = re.compile(r"^(?:assets/|search/|404\.html|sitemap)")
"""What tells of all files, of which `serve` makes some only when somebody asks for one."""
LIVE = re.compile(r"<script>[^<]*livereload\([0-9]+, [0-9]+\);?[^<]*</script>")
SIZES = re.compile(
    r"<td>[^<]*(?:<br ?/?>)?\s*[0-9](?:[0-9.]|&#46;)* (?:bytes|[kMG]B)</td>|<td></td>"
    r"|<p>Their sizes and numbers of rows are told when the site is built\.</p>\n?"
)
"""What the page of the data tells of files once they are made, and what it says as long as they are not."""
POLICY = re.compile(r'\n\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
CLAIM, TEMPLATE = "content/claims/company.yml", "site_templates/claim.md"
ACTOR, PERSON = "content/actors/town-council.yml", "content/actors/asha-verne.yml"
NEW = "text: {words}\nclaim_type: promise\nclaimant: ferry-company\nsources: millbrook-gazette#p2\n"
BLOCK = "{{% extends 'sourcebook/claim.md' %}}\n{{% block file %}}\n{words}\n{{% endblock %}}\n"
MISTAKES = {
    "broken YAML": (CLAIM, "- text: [unclosed\n", "[yaml-syntax]"),
    "unknown id": (
        CLAIM,
        FILES[CLAIM].replace("claimant: ferry", "claimant: fery", 1),
        "[unknown-reference]",
    ),
    "uncited": (PERSON, FILES[PERSON].replace("sources: council-minutes#p2\n", ""), "[uncited]"),
    "emptied": (ACTOR, "", "town-council"),
    "deleted though named": (ACTOR, None, "[unknown-reference]"),
    "broken template": (TEMPLATE, "{% extends 'sourcebook/claim.md' %}\n{% block file %}", "claim.md:2:1"),
    "broken options": ("mkdocs.yml", "site_name: [unclosed\n", ""),
    "a theme that is not there": ("mkdocs.yml", "site_name: x\ntheme: no-such-theme\n", "no-such-theme"),
    "broken page": ("docs/notes/tides.md", b"# Tides \xff\xfe\n", ""),
}


@dataclass
class Outcome:
    """What came of the edits."""

    edits: Counter[str] = field(default_factory=Counter)
    seconds: list[tuple[float, str]] = field(default_factory=list)
    """How long each look took until it saw its edit, and of what kind this was."""
    answers: list[tuple[float, str]] = field(default_factory=list)
    """How long each answer took, and to what."""
    recoveries: int = 0
    compared: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class Editor:
    """Somebody who edits a project that is being served, and looks at each page afterwards."""

    project: Path
    address: str
    dice: random.Random
    outcome: Outcome = field(default_factory=Outcome)
    number: int = 0
    added: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def run(self, edits: int, every: int) -> None:
        """Make so many edits, and compare the site with a fresh build after so many, and at the end."""
        # Every kind comes once before any comes again, as far as the edits reach.
        kinds: list[str] = []
        for number in range(1, edits + 1):
            if not kinds:
                kinds = self.dice.sample([*EDITS, *MISTAKES], len(EDITS) + len(MISTAKES))
            self.number, kind = number, kinds.pop()
            self.outcome.edits[kind] += 1
            if kind in MISTAKES:
                self.mistake(kind)
            else:
                EDITS[kind](self)
            if number % every == 0 or number == edits:
                self.compare()
                longest = max(taken for taken, _ in self.outcome.answers)
                faults = len(self.outcome.broken)
                print(f"{number} edits, longest answer {longest:.2f} s, {faults} faults", flush=True)

    @property
    def words(self) -> str:
        """Words that no edit before has brought."""
        return f"Word {self.number} was given."

    # Edits -------------------------------------------------------------------------------------------------

    def save(self, path: str, text: str | bytes | None) -> None:
        """Save a file, in one of the ways in which editors do; None removes it."""
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.unlink()
            return
        content = text.encode() if isinstance(text, str) else text
        way = self.dice.randrange(3)
        if way == 0:
            file.write_bytes(content)
        elif way == 1:
            beside = file.with_name(f".{file.name}.tmp")
            beside.write_bytes(content)
            beside.replace(file)
        else:
            with file.open("wb", buffering=0) as opened:
                time.sleep(self.dice.uniform(0, 0.06))
                opened.write(content[: len(content) // 2])
                time.sleep(self.dice.uniform(0, 0.06))
                opened.write(content[len(content) // 2 :])

    def mistake(self, kind: str) -> None:
        """Make a mistake, see it told, mend it, and see the pages come back."""
        path, text, told = MISTAKES[kind]
        before = self.read(path)
        self.save(path, text)
        self.seen(kind, "claims/engine-failed/", lambda page: PANEL in page and told in page)
        self.save(path, before)
        if self.seen(f"{kind}, mended", "claims/engine-failed/", lambda page: page and PANEL not in page):
            self.outcome.recoveries += 1

    def read(self, path: str) -> bytes | None:
        """A file as it is; None where there is none."""
        file = self.project / path
        return file.read_bytes() if file.exists() else None

    def text(self) -> None:
        """Other words in a claim."""
        text = re.sub(r"Forty passengers.*", f"Forty passengers. {self.words}", FILES[CLAIM], count=1)
        self.save(CLAIM, text)
        self.seen("text", "claims/forty-left-behind/", self.has_words)

    def name(self) -> None:
        """Another name of an actor, which other pages show, too."""
        self.save(ACTOR, re.sub("name: .*", f"name: Council {self.number}", FILES[ACTOR]))
        self.seen("name", "actors/asha-verne/", lambda page: f"Council {self.number}" in page)

    def add(self) -> None:
        """A new record."""
        name = f"further-{self.number}"
        self.added.append(name)
        self.save(f"content/claims/further/{name}.yml", NEW.format(words=self.words))
        self.seen("add", f"claims/{name}/", self.has_words)

    def one_added(self) -> str:
        """A record that was added, and may go again."""
        if not self.added:
            self.add()
        return self.added.pop(self.dice.randrange(len(self.added)))

    def rename(self) -> None:
        """A record of another name."""
        old, new = self.one_added(), f"renamed-{self.number}"
        folder = self.folder()
        (folder / f"{old}.yml").rename(folder / f"{new}.yml")
        self.added.append(new)
        self.seen("rename", f"claims/{new}/", lambda page: "Word" in page)
        self.seen("rename, the old page", f"claims/{old}/", lambda page: not page)

    def delete(self) -> None:
        """A record less."""
        old = self.one_added()
        (self.folder() / f"{old}.yml").unlink()
        self.seen("delete", f"claims/{old}/", lambda page: not page)

    def folder(self) -> Path:
        """The folder of the records that were added."""
        found = next((self.project / "content/claims").glob("further*"), None)
        return found or self.project / "content/claims/further"

    def rename_folder(self) -> None:
        """The folder of the added records under another name, with one of them in other words."""
        name = self.one_added()
        self.added.append(name)
        moved = self.folder().rename(self.project / f"content/claims/further-{self.number}")
        (moved / f"{name}.yml").write_text(NEW.format(words=self.words), encoding="utf-8")
        self.seen("rename folder", f"claims/{name}/", self.has_words)
        moved.rename(self.project / "content/claims/further")

    def docs(self) -> None:
        """Other words on a hand-written page."""
        self.save("docs/index.md", f"# Home\n\n{self.words} [All claims](claims/index.md).\n")
        self.seen("docs", "", self.has_words)

    def new_page(self) -> None:
        """A new hand-written page, and its end."""
        self.save("docs/notes/new.md", f"# New\n\n{self.words}\n")
        self.seen("new page", "notes/new/", self.has_words)
        self.save("docs/notes/new.md", None)
        self.seen("new page, gone", "notes/new/", lambda page: not page)

    def template(self) -> None:
        """Other words in a template."""
        self.save(TEMPLATE, BLOCK.format(words=self.words))
        self.seen("template", "claims/engine-failed/", self.has_words)

    def options(self) -> None:
        """Another name of the site."""
        old = self.read("mkdocs.yml")
        assert old
        self.save("mkdocs.yml", re.sub(b"site_name: .*", f"site_name: Ferry {self.number}".encode(), old))
        self.seen("options", "claims/engine-failed/", lambda page: f"Ferry {self.number}" in page)

    def burst(self) -> None:
        """Many edits at once, of facts and of a page."""
        for count in range(8):
            words = f"{self.words} {count}"
            (self.project / ACTOR).write_text(f"{FILES[ACTOR]}note: {words}\n", encoding="utf-8")
            if count % 4 == 1:
                (self.project / "docs/notes/tides.md").write_text(f"# Tides\n\n{words}\n", encoding="utf-8")
            time.sleep(self.dice.uniform(0, 0.04))
        self.seen("burst", "actors/town-council/", lambda page: f"{self.words} 7" in page)
        self.seen("burst, the page", "notes/tides/", lambda page: f"{self.words} 5" in page)

    def commit(self) -> None:
        """A commit of everything, on a day that no page has named."""
        year = 1990 + self.outcome.edits["commit"]  # git tells a day until 2099
        self.save(ACTOR, f"{FILES[ACTOR]}note: {self.words}\n")
        commit(self.project, f"{year}-06-15T12:00:00+0000")
        self.seen("commit", "actors/town-council/", lambda page: self.words in page and str(year) in page)

    # Looks -------------------------------------------------------------------------------------------------

    def has_words(self, page: str) -> bool:
        """Whether the words of this edit stand on a page without errors over it."""
        return self.words in page and PANEL not in page

    def seen(self, kind: str, path: str, wanted: Callable[[str], object]) -> bool:
        """Look at a page until it is as wanted; how long it took is noted, and when it never is."""
        start, page = time.monotonic(), ""
        while time.monotonic() - start < PATIENCE:
            page = self.get(path)
            if wanted(page):
                self.outcome.seconds.append((time.monotonic() - start, kind))
                return True
            time.sleep(0.02)
        self.outcome.broken.append(f"edit {self.number} ({kind}): /{path} is not as it should be")
        return False

    def get(self, path: str) -> str:
        """A page; empty where there is none. How long the answer took is noted."""
        start = time.monotonic()
        page = self.answer(path)
        self.outcome.answers.append((time.monotonic() - start, f"/{path} at edit {self.number}"))
        return page

    def answer(self, path: str) -> str:
        """What is answered for a page; nothing where there is none."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            error.read()
            return "" if error.code == 404 else f"{error}"
        except OSError as error:
            return f"{error}"

    def compare(self) -> None:
        """Build the same state afresh; every page, and every page that once was, must be served the same."""
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder, "site")
            built = mkdocs_process(self.project, "build", "--quiet", "--site-dir", str(site))
            if built.exit_code:
                self.outcome.broken.append(f"edit {self.number}: {built.output}")
                return
            fresh = {
                path.relative_to(site).as_posix(): path.read_bytes().decode()
                for path in site.rglob("*")
                if path.suffix in COMPARED
            }
        fresh = {path: bare(text) for path, text in fresh.items() if not NOT_COMPARED.match(path)}
        self.outcome.compared += len(fresh)
        self.known |= fresh.keys()
        for path in sorted(self.known):
            if bare(self.get(path)) != fresh.get(path, ""):
                self.outcome.broken.append(f"edit {self.number}: /{path} is not what a fresh build makes")


EDITS: dict[str, Callable[[Editor], None]] = {
    "text": Editor.text,
    "name": Editor.name,
    "add": Editor.add,
    "rename": Editor.rename,
    "delete": Editor.delete,
    "rename folder": Editor.rename_folder,
    "docs": Editor.docs,
    "new page": Editor.new_page,
    "template": Editor.template,
    "options": Editor.options,
    "burst": Editor.burst,
    "commit": Editor.commit,
}


def bare(page: str) -> str:
    """A page without what only a served or only a published one has."""
    return SIZES.sub("", POLICY.sub("", LIVE.sub("", page)))


def commit(project: Path, moment: str) -> None:
    """Commit everything in a project's own repository."""
    who = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    env = environment(GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "--allow-empty", "-m", "Edited")):
        subprocess.run(["git", *who, *command], cwd=project, env=env, check=True, timeout=60)


@contextmanager
def serving(project: Path, scratch: Path, port: int) -> Iterator[None]:
    """Serve a project until the end; what the server says stands beside the scratch folder."""
    scratch.mkdir()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"]
    with scratch.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=project, env=environment(TMPDIR=str(scratch)), stdout=log, stderr=log
        )
        try:
            wait_for(port)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


def edit_at_random(folder: Path, edits: int, seed: int, every: int = 50) -> Outcome:
    """Serve a small collection, and edit it so many times."""
    port = free_port()
    settings = f"site_url: http://{HOST}:{port}/\n{FILES['mkdocs.yml']}"
    template = BLOCK.format(words="Nothing yet.")
    project = small_project(folder / "project", {"mkdocs.yml": settings, TEMPLATE: template})
    (project / ".gitignore").write_text("site/\n", encoding="utf-8")
    commit(project, "1989-06-15T12:00:00+0000")
    editor = Editor(project, f"http://{HOST}:{port}/", random.Random(seed))
    with serving(project, folder / "scratch", port):
        editor.run(edits, every)
    log = (folder / "scratch.log").read_text(encoding="utf-8")
    if "Traceback" in log:
        editor.outcome.broken.append(log[log.index("Traceback") :][:3000])
    return editor.outcome


def by_kind(seconds: list[tuple[float, str]]) -> list[tuple[str, list[float]]]:
    """The seconds of each kind of edit in order; the kind that took longest comes last."""
    found: dict[str, list[float]] = defaultdict(list)
    for taken, kind in sorted(seconds):
        found[kind].append(taken)
    return sorted(found.items(), key=lambda item: item[1][-1])


def main(edits: int, seed: int) -> int:
    """Edit, and print the figures."""
    # Begun in the background, it would serve what nobody can interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as scratch:
        outcome = edit_at_random(Path(scratch), edits, seed)
    seconds, answers = sorted(outcome.seconds), sorted(outcome.answers)
    slow = [f"{path}: {taken:.1f} s" for taken, path in answers if taken > SLOW]
    print(f"{outcome.edits.total()} edits, {outcome.recoveries} recoveries after mistakes")
    print(f"median {seconds[len(seconds) // 2][0]:.2f} s, longest {seconds[-1][0]:.2f} s until seen")
    median = answers[len(answers) // 2][0]
    print(f"{len(answers)} answers, median {median:.2f} s, longest {answers[-1][0]:.2f} s")
    print(f"{len(slow)} of them took more than {SLOW} s: {', '.join(slow[-10:]) or 'none'}")
    for kind, found in by_kind(outcome.seconds):
        print(f"  {kind}: median {found[len(found) // 2]:.2f} s, longest {found[-1]:.2f} s until seen")
    print(f"{outcome.compared} served files compared with fresh builds")
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} busy")
    print("\n".join(outcome.broken) or "nothing was broken")
    return bool(outcome.broken)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
