"""The service on a real database, with scripted engines."""
