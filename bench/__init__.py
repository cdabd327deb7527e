"""Measurements of the running engine: beside peers in the same run, as a table and as raw figures.

They stand apart from tests, which must hold on any machine, and from evals, which score answers.
"""
