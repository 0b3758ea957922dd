"""From single records to a linked whole: references, backlinks, sides, statuses, figures, coverage."""
