"""Editing: YAML files of facts are written and changed, with all that an editor put into them."""
