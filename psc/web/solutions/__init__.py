"""The gallery of solutions, and the page of one solution."""
