"""From the graph to pages of plain values: what is listed, in which order, under which words and address."""
