"""Harm trends, priorities and shared learning of England's 15 Patient Safety Collaboratives."""
