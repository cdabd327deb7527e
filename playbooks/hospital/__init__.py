"""Hospital: the front desk that books, moves and cancels appointments."""
