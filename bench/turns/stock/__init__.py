"""The peer: the same nodes on LangGraph as its documentation sets it up, with its own Postgres saver.

The state keeps the conversation as a growing list, each turn adds its transcript row, and every choice that is free is
made in the peer's favour: no inbox, no lease, no ledger, no events, one task for all tool calls of a turn.
"""
