"""The invented collection in `collections/harbour/`, which exercises every field of the format."""

from pathlib import Path

from sourcebook.reading.files import Project
from sourcebook.reading.raw_records import read_raw_records
from sourcebook.records.base import Record
from sourcebook.records.load import load_records
from sourcebook.site.check import Checked, check_project, read_settings

HARBOUR = Path(__file__).parent / "collections" / "harbour"


def checked_harbour() -> Checked:
    """The collection, read and checked."""
    return check_project(read_settings(HARBOUR / "mkdocs.yml"))


def all_harbour_records() -> list[Record]:
    """Every record of the collection, drafts too."""
    settings = read_settings(HARBOUR / "mkdocs.yml")
    raw, _ = read_raw_records(Project(settings.root))
    entries, _ = load_records(raw, settings.collection)
    return [entry.record for entry in entries]
