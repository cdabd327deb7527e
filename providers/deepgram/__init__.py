"""Deepgram: speech recognition and speech synthesis as a service."""
