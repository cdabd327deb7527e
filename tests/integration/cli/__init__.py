"""The command, with files and servers."""
