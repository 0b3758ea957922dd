"""From nodes with positions to typed, frozen records: every field of the format, each with its rule."""
