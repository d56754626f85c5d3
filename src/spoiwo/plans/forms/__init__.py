"""Forms, one file per subject."""
