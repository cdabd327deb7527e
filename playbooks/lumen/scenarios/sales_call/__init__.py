"""A discovery call of two sides, as text and as telephone audio."""
