"""Views of the support register."""
