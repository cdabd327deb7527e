"""How well Parley cleans, decides and asks for consent: hand-made rows, judged and held to thresholds."""
