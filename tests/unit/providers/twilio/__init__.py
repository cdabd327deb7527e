"""Twilio: its messages, signatures, tokens, lines, routes and REST interface."""
