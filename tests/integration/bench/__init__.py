"""Benches run, end to end and small: what they find on this machine is not a matter of tests."""
