"""Alembic's side of the schema: revisions in versions/, their statements in sql/. Forward only."""
