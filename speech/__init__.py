"""Pure audio: telephone codecs, WAV, change of rate, and what an utterance is."""
