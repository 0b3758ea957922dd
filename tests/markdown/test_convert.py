"""The converter against its oracle, Python-Markdown, over a grammar of the whole subset with hostile texts."""

from xml.etree import ElementTree

from hypothesis import HealthCheck, settings
from markdown.treeprocessors import Treeprocessor

import markdown

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]


class _Resolver(Treeprocessor):
    """Rewrites the targets of links after the table of contents is made, as MkDocs does."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("a"):
            if element.get("class") != "headerlink":
                element.set("href", resolved(element.get("href", "")))


def resolved(target: str) -> str:
    """An address that has characters to escape in it."""
    return f"../{target.removesuffix('.md')}/?a=1&b=<2>" if target.endswith(".md") else target


def oracle(permalink=True, resolve=False):
    """A Python-Markdown that converts as the ordinary build does."""
    engine = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"permalink": permalink}})
    if resolve:
        engine.treeprocessors.register(_Resolver(engine), "relpath", 0)
    return engine


PLAIN, RESOLVING = oracle(), oracle(resolve=True)


def expected(page, engine=PLAIN):
    """What Python-Markdown makes of the page: its HTML and its tokens."""
    return engine.reset().convert(page), engine.toc_tokens


BOUNDED = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
