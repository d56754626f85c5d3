"""Forms of the context."""
