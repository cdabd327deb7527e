"""The name that a caller gives, says again, spells or puts right."""
