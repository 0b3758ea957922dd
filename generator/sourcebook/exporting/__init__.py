"""From the graph to data: what the site says, in the formats that people's tools read."""
