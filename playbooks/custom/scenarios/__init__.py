"""Calls that show the playbook at work."""
