"""What the public reads of the register."""
