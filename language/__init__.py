"""Pure functions on text: tokens, numbers, names, negation and the anchors of facts; no network, no model."""
