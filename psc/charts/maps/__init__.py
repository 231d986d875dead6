"""Maps: the catchments, the places cut out, the spread of a solution."""
