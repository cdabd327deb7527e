"""LangGraph on Postgres: its checkpoints under our tenants, plain data only."""
