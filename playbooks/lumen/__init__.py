"""Lumen: live sales discovery calls, followed turn by turn and never answered."""
