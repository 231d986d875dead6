"""What the collaboratives said they would work on, what they tried, and who else took it up."""
