"""The psc command."""
