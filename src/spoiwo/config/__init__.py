"""Settings, root addresses and the server entry point; the only place that knows all."""
