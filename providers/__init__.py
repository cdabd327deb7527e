"""Adapters of the ports; the only importers of vendor SDKs."""
