"""What callers say when asked: days, times, names, addresses, numbers, options; each with its place."""
