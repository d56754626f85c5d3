"""What pages and papers are filled with."""
