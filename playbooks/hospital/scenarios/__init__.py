"""Ready calls to the front desk."""
