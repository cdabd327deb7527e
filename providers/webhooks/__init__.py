"""Events over HTTP, signed by the Standard Webhooks convention."""
