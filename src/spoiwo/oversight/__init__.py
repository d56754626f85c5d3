"""Supervisor's desk, access browser, registers of the data protection officer."""
