"""What every page asks for: the store, the register, who is here, addresses and links."""
