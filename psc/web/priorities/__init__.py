"""The Priorities page, and the page of one priority."""
