"""Django's SQLite, with turns at writing."""
