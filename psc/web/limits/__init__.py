"""What anonymous visitors may hold of this server at once: connections, sessions, messages and downloads."""
