"""What an evaluation found: in a terminal, as a page, with plots and intervals."""
