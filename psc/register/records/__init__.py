"""What each kind of record says: its fields, its words, and what it must say before the public reads it."""
