"""Common clients: source records, person index and links, facts."""
