"""Words of the support register in templates."""
