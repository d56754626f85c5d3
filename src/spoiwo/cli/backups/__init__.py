"""Backups: one archive with the database, the files and a manifest by which a restore checks itself."""
