"""What is measured: the vocabulary of harm, metric definitions, and the figures held against them."""
