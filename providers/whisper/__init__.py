"""Speech recognition by faster-whisper (CTranslate2), from a model that is already on disk."""
