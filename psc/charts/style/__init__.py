"""What all pictures share: colours, signs, icons, labels."""
