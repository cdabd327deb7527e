"""A mailbox in a folder: letters that stay here."""
