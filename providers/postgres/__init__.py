"""Postgres: the embedded server, connections under a role that owns nothing, migrations."""
