"""How fast it is: every figure is a ratio from one run, printed beside its target and never asserted."""
