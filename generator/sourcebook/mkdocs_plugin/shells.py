"""What is put around the finished HTML of a page: what its head tells machines, and its policy.

In: a page as the theme has written it. Out: the same page with its head and its Content-Security-Policy.
The rule it guards: a policy is made of the theme's own templates, never of a page that has a text in it.
"""

from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from sourcebook.pages.head_data import HeadData
from sourcebook.rendering.head import head_html
from sourcebook.site.policy import policy


class Shells:
    """The theme's pages with nothing in them, and the policies that allow what the theme itself runs.

    No text of the collection, no navigation and no hand-written page is in them: an inline script that got
    into a finished page is therefore in no policy. With `wasm` they allow WebAssembly of the site's own.
    """

    def __init__(self, env: Any, config: MkDocsConfig, *, wasm: bool = False) -> None:
        self.wasm = wasm
        self.env = env
        self.config = config
        self.policies: dict[tuple[str, str], str] = {}

    def policy(self, template: str, base_url: str) -> str:
        """The policy of pages of one template whose links begin with one base."""
        key = template, base_url
        if key not in self.policies:
            self.policies[key] = policy(self.shell(template, base_url), wasm=self.wasm)
        return self.policies[key]

    def shell(self, template: str, base_url: str) -> str:
        """An empty page as the theme writes it."""
        page = Page("", File.generated(self.config, "empty.md", content=""), self.config)
        page.markdown, page.content, page.toc = "", "", TableOfContents([])
        context = get_context(Navigation([], []), [], self.config, page)
        context["base_url"] = base_url
        return str(self.env.get_template(template).render(context))


def with_head(output: str, head: HeadData) -> str:
    """A page with what its head tells machines."""
    end = output.find("</head>")
    return output if end < 0 else output[:end] + head_html(head, output[:end]) + output[end:]
