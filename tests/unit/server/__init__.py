"""The HTTP face against a scripted service: no database, no socket."""
