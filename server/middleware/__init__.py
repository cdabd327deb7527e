"""What every request passes through, whatever its path."""
