"""flite: CMU's small speech synthesiser, as a program."""
