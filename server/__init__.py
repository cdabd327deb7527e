"""The HTTP and WebSocket face: everything docs/contract.md promises, and nothing of its own."""
