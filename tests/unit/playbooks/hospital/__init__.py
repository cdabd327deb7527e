"""The hospital playbook: its rules, its tools, and calls held with them."""
