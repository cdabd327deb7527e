"""Background work on procrastinate: a queue in the same database, and a worker here or in another process."""
