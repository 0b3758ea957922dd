"""From a project's folder to the files of its site, the same for both doors: MkDocs and the disk."""
