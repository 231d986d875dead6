"""Where records and their audit are kept: SQLite or PostgreSQL, opened, migrated, backed up."""
