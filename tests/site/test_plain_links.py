"""Links resolved without MkDocs have the address, and register the anchors, that MkDocs gives them."""

import logging

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.utils import get_relative_url

from sourcebook.mkdocs_plugin.facts_page import FactsLinks, data_path
from sourcebook.mkdocs_plugin.plain_links import plain_link

PATHS = (
    *("index.md", "data.md", "claims/index.md", "claims/a.md", "claims/a-2.md", "claims/a.feed.xml"),
    *("actors/b.md", "actors/deep/c.md", "actors/deep/index.md", "data/index.md", "notes/README.md", "b.png"),
)
HIDDEN = "notes/hidden.md"
LINKS = (
    *("a.md", "a-2.md#cite-1", "./a.md", "../claims/a.md", "../actors/b.md", "../actors/deep/c.md#x.y_z"),
    *("../../b.png", "../b.png", "b.md", "deep/c.md", "index.md", "../index.md", "../", "../claims/", "a"),
    *("../data/table.csv", "../data/table.csv#a", "data/index.md", "../data/index.md", "a.json", "a.json#b"),
    *("a.feed.xml", "../feed.xml", "feed.xml", "../data.md", "../notes/hidden.md", "../notes/README.md"),
    *("#own", "a.md#", "a.md?b#c", "a.md#b?c", "/claims/a.md", "https://example.org/a.md", "mailto:a@b.c"),
    *("a%2D2.md", "..//claims/a.md", "../claims/../claims/a.md", "a.md/", "a:b.md", "claims/a.md"),
    *("", "c.md", "../../../claims/a.md", "../../claims/a.md", "a.md#ä", "ä.md", "a-2.md\n", "README.md"),
)


def files_of(config):
    """The files of a site, one of them a draft."""
    files = Files([])
    for path in (*PATHS, HIDDEN):
        level = InclusionLevel.EXCLUDED if path == HIDDEN else InclusionLevel.NOT_IN_NAV
        files.append(File(path, None, "site", config.use_directory_urls, inclusion=level))
    return files


def as_told(links, link, caplog):
    """The address of a link, the anchors, and what is logged of it."""
    caplog.clear()
    address = links.path_to_url(link)
    anchors = {file.src_uri: found for file, found in links.links_to_anchors.items()}
    return address, anchors, [(record.levelname, record.getMessage()) for record in caplog.records]


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("origin", [*PATHS, HIDDEN])
def test_each_link_is_what_mkdocs_makes_of_it(origin, directory_urls, caplog):
    """Addresses, anchors and warnings are those of MkDocs, from every folder; data files are known, too."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "Site", "docs_dir": ".", "use_directory_urls": directory_urls})
    config.validate()
    files, plain = files_of(config), 0
    file = files.src_uris[origin]
    caplog.set_level(logging.DEBUG, "mkdocs.structure.pages")
    for link in LINKS:
        told = as_told(FactsLinks(file, files, config), link, caplog)
        plain += plain_link(link, file, files) is not None
        data = data_path(file, link)
        if data is None:
            assert told == as_told(_RelativePathTreeprocessor(file, files, config), link, caplog), link
        else:
            assert told == (get_relative_url(data, file.url), {}, []), link
    assert plain >= 2
