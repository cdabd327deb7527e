"""The pure parts of the pocketsphinx adapter."""
