"""Voice activity by Silero's neural network at 8,000 Hz: one session of onnxruntime for all lines together."""
