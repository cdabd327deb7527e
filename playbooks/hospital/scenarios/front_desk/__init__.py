"""A patient who books twice: in writing while nobody knows her, then by telephone, greeted by name."""
