"""The pure parts of the whisper adapter."""
