"""What the guarantees cost: rates, round trips, bytes, recovery, subscribers and replicas, beside stock LangGraph."""
