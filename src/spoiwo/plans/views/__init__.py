"""Pages, one file per subject."""
