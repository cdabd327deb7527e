"""Evaluations through LangSmith, on this machine and as an account would see them."""
