"""Measurements of the running engine, kept apart from tests, which must hold on any machine, and from evals, which
score answers: a bench compares with peers in the same run, prints a table and keeps every raw figure."""
