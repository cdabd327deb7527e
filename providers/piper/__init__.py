"""Piper: a neural speech synthesiser that runs here, as a program."""
