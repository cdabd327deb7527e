"""Encryption at rest, on the `cryptography` package."""
