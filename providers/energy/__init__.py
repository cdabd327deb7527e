"""Voice activity by loudness alone: no model, no dependency; for a quiet line, for trying out and for tests."""
