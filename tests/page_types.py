"""An address of each type of page of a site."""

from pathlib import Path

WRITTEN = {path.stem for path in (Path(__file__).parents[1] / "docs").glob("*.md")}


def page_types(site):
    """A rich record of each kind, the indexes, the views, the home page and another hand-written one."""
    for folder in sorted(path.parent for path in site.glob("*/index.html")):
        if folder.name not in WRITTEN:
            yield f"{folder.name}/"
            records = sorted(folder.glob("*/index.html"), key=lambda path: path.stat().st_size)
            if records:
                yield f"{folder.name}/{records[len(records) * 3 // 4].parent.name}/"
    yield from (address for address in ("", "reading/") if (site / address / "index.html").is_file())
