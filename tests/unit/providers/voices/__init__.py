"""Voices by themselves: several as one, phrases by heart, and bytes as they become sound."""
