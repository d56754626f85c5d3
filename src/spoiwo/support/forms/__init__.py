"""Forms of the support register."""
