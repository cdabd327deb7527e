"""Custom: an agent that knows only what its call context tells it."""
