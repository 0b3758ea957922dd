"""What `serve` answers from: the facts as they are now, or the last site while a build makes the next one.

In: a preview of the facts, and the folder with all that is not made from them. Out: pages. The rule it
guards: while MkDocs is building nothing of it is called, and what was served before is served on.
"""

from dataclasses import dataclass
from pathlib import Path

from sourcebook.mkdocs_plugin.preview import Preview
from sourcebook.mkdocs_plugin.telling import plain_page

COMING = plain_page(
    "The site is being built",
    "<p>The last site has no such page. The next one is being built, and is shown when it is there.</p>",
).encode()
"""What is shown meanwhile of a page that the last site does not have."""


@dataclass(frozen=True)
class Shown:
    """What is shown, and whether it stands as it is because a build is under way."""

    preview: Preview | None
    folder: Path
    stands: bool = False

    def page(self, address: str) -> bytes | None:
        """A page, or another file of what stands, by its path; None where there is none.

        Raises BrokenTemplateError.
        """
        content = self.preview.page(address, renewed=not self.stands) if self.preview else None
        if content is None and (self.stands or (self.preview and address.endswith(".html"))):
            return on_disk(self.folder / address)
        return content


def on_disk(path: Path) -> bytes | None:
    """A file's content; None where there is none."""
    try:
        return path.read_bytes()
    except OSError:
        return None
