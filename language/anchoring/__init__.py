"""The promise "no fact that nobody said": what was said, and what a text or an argument states beyond it."""
