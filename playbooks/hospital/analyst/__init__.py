"""The rules of the front desk: what a turn calls for, without any model."""
