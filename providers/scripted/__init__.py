"""Engines that answer by a script and record what they were asked: for tests and rehearsals."""
