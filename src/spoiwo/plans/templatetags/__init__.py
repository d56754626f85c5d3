"""Tags of the templates of plans."""
