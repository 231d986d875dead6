"""The records compiled from public sources: read from data/register, and every rule they must keep."""
