"""ElevenLabs: speech synthesis as a service."""
