"""What may happen to a record, who may do it, and what it changes."""
