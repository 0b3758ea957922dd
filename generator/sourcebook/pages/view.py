"""What every view begins with: a page that looks across records instead of at one.

In: the name of a view. Out: its title, its address, what it tells. The rule it guards: a view is found at its
name, and says at its top what it shows and what it does not.
"""

from dataclasses import dataclass, replace

from sourcebook.pages.paging import numbered, page_title


@dataclass(frozen=True, slots=True)
class View:
    """A view's name, by which its template is called, its title, its description and its introduction.

    A view with a long list goes on on further pages; `number` tells which one this is.
    """

    name: str
    title: str
    description: str
    introduction: str
    number: int = 1

    @property
    def path(self) -> str:
        """The path of its Markdown file in the docs folder."""
        return numbered(f"{self.name}.md", self.number)

    def page(self, number: int, count: int) -> "View":
        """The view's page of a number, of so many."""
        return replace(self, title=page_title(self.title, number, count), number=number)
