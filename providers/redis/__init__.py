"""Redis: news between processes where Postgres' own would be the wall."""
