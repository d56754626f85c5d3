"""What a set of figures gives away about figures that are not in it, and what else must be left out."""
