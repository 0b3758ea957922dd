"""Fifty browsers on a site that is being served: an edit comes to each, with nothing in their consoles.

In: a folder, a number of browsers. Out: the seconds from the edit until each has loaded the new page, and
what stood in a console or asked another host. Each is a context of one Chromium, with connections of its own.
"""

import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from campaigns.load import EDITED, HOST, free_port, running
from chromium import NoBrowserError, chromium
from small_project import environment, small_project

PATIENCE = 120
"""Seconds until every browser must have the new page; one would do on an idle machine."""
ADDRESS = "actors/town-council/"
READY = "performance.timeOrigin + performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
"""When a page was read to its end, in milliseconds of the clock on the wall."""


@dataclass
class Seen:
    """The seconds after which each browser had the edit, and what its page must not do."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def edit_seen(folder: Path, number: int) -> Seen:
    """Serve the small project, look at it with so many browsers, and edit a fact that they show."""
    project, port, seen = small_project(folder), free_port(), Seen()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"]
    with chromium() as browser, running(command, port, cwd=project, env=environment()):
        pages = [browser.new_context().new_page() for _ in range(number)]
        for page in pages:
            page.on("console", lambda told: seen.wrong.append(told.text) if told.type == "error" else None)
            page.on("pageerror", lambda error: seen.wrong.append(str(error)))
            page.on("request", lambda asked: seen.wrong.extend(foreign(asked.url)))
            page.goto(f"http://{HOST}:{port}/{ADDRESS}", timeout=PATIENCE * 1000)
        edited = time.time()
        path = project / EDITED
        path.write_text(path.read_text(encoding="utf-8") + "note: Edited.\n", encoding="utf-8")
        for page in pages:
            page.get_by_text("Edited.").first.wait_for(timeout=PATIENCE * 1000)
            seen.seconds.append(page.evaluate(READY) / 1000 - edited)
    return seen


def foreign(address: str) -> list[str]:
    """The address, if it is one of another host."""
    where = urlsplit(address)
    return [f"request to {where.hostname}"] if where.scheme != "data" and where.hostname != HOST else []


def tell(number: int) -> bool:
    """Print what so many browsers saw; whether all of it was well."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            seen = edit_seen(Path(scratch, "served"), number)
        except NoBrowserError:
            print("Chromium or Playwright is not here: an edit in real browsers was not measured")
            return True
    seconds = sorted(seen.seconds)
    after = f"{seconds[0]:.2f} to {seconds[-1]:.2f} s"
    print(f"{len(seconds)} of {number} Chromium pages show an edit, after {after}")
    print("\n".join(sorted(set(seen.wrong))) or "nothing in their consoles, and no request to another host")
    return not seen.wrong


if __name__ == "__main__":
    sys.exit(not tell(int(sys.argv[1])))
