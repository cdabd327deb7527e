"""What Parley needs from the world, as Protocols; providers/ holds the adapters."""
