"""What calendar pages are filled with."""
