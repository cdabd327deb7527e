"""What the desk asks, one thing at a time."""
