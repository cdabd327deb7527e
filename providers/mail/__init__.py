"""Letters: addresses, and the MIME form that every way of sending shares."""
