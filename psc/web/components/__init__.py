"""What two pages or more show."""
