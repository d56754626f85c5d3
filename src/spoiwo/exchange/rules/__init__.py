"""How files are read, one file per subject; imported by subject."""
