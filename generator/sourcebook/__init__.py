"""Sourcebook: YAML facts about contested events become a site in which every fact leads to its source.

The data flows one way through the package, and so do the imports:

    reading → records → graph → pages → rendering → site (disk) or mkdocs_plugin (MkDocs)
"""

__version__ = "0.1.0"
