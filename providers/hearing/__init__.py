"""What recognisers that run on somebody else's machine have in common."""
