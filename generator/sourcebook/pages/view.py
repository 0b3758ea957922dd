"""What every view begins with: a page that looks across records instead of at one.

In: the name of a view. Out: its title, its address, what it tells. The rule it guards: a view is found at its
name, and says at its top what it shows and what it does not.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view's name, by which its template is called, its title, its description and its introduction."""

    name: str
    title: str
    description: str
    introduction: str

    @property
    def path(self) -> str:
        """The path of its Markdown file in the docs folder."""
        return f"{self.name}.md"
