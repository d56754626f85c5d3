"""What pages and papers show, put into words."""
