"""Dates as the sources give them: read as EDTF, ordered by their bounds, told in words."""
