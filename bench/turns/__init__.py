"""What a turn costs: time, turns per second, bytes, and the process that serves it."""
