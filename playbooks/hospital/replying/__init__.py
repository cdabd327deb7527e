"""What the desk says without a model: what became of a turn, an answer, a question."""
