"""A caller with three things to say, one of them into the agent's own words."""
