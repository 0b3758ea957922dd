"""The extensions of Python-Markdown that the templates need.

In: nothing. Out: their names. The rule it guards: every engine is told of the same ones.
"""

MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
"""The names, as `mkdocs.yml` has them."""
