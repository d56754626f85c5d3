"""Plain values of the field; knows no framework."""
