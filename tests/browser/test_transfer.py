"""What a page weighs on the line, beside one of the bare theme: gzip, nothing in the cache, search left out.

`pytest -s tests/browser/test_transfer.py` prints the figures.
"""

import gzip

from page_types import page_types
from sourcebook.site.webpage import Use, read_page

MOST = 1.3
"""How many times the bare theme's short page a page of ours may weigh."""


BY_SCRIPT = {"timeline/": "assets/sourcebook-timeline.js"}
"""What a page's script has it load at once."""


def weight(site, address):
    """The bytes of a page and of all that it loads by itself, each file compressed as a server does."""
    page = site / address / "index.html"
    loaded = (one.address for one in read_page(page.read_text("utf-8")).references if one.use is Use.REQUEST)
    files = {page, *((page.parent / path).resolve() for path in loaded)}
    if address in BY_SCRIPT:
        files.add(site / BY_SCRIPT[address])
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files if file.is_file())


def test_a_page_weighs_little_more_than_one_of_the_theme(real_site, bare_site):
    """Each type of page and each view stays within its share of the bare theme's page."""
    bare = weight(bare_site, "short")
    weights = {address: weight(real_site, address) for address in page_types(real_site)}
    print(f"\n{bare:7} bytes: the bare theme's page")
    for address, found in weights.items():
        print(f"{found:7} bytes, {found / bare:.2f} times: {address or 'home'}")
    assert [one for one, found in weights.items() if found > bare * MOST] == []
