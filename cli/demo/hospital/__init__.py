"""The front desk at work: a patient books in writing, then by telephone, and what the bookings left is looked at."""
