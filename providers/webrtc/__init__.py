"""Voice activity by the detector of WebRTC: very cheap, yes or no, deaf to pauses in a noisy room."""
