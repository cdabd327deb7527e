"""Business functions the model may call, and how they may be run."""
