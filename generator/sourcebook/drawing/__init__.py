"""From pages' values to SVG, by pure functions."""
