"""eSpeak NG: a small speech synthesiser for a hundred languages, always in a process of its own."""
