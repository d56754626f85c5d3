"""TERYT units with their validity, and subregions; public data."""
