"""Nodes without a database."""
