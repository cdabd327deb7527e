"""Ready calls of the playbook."""
