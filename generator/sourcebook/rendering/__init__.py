"""From pages to Markdown text, by one template a kind."""
