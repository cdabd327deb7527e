"""A voice that beeps: the placeholder where no real one is installed, and the double in tests."""
