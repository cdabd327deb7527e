"""The hospital's front desk on a real database: who gets a slot, what is written with it, and what leaves."""
