"""The life of a session: opened, its turns run in order, its events told, closed, erased."""
