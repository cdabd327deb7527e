"""The words of the trade: plain data that every other package speaks in."""
