"""Text on its way into Markdown and from Markdown to HTML: made inert, parsed as prose, converted."""
