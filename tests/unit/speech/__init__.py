"""The audio package, by numbers and by properties."""
