"""How a written sentence is said aloud."""
