"""Events that leave one by one: server-sent events and WebSocket messages."""
