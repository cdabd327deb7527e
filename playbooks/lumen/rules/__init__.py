"""Finds new and corrected facts in a prospect's turn by rule: no model, no network, the same answer every time."""
