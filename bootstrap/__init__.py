"""Settings become adapters, adapters become the service. The only importer of providers."""
