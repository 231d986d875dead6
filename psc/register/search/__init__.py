"""Finding records: by words, by filters, by area."""
