"""Private discovery: two offices learn which clients they share, and nobody learns about anybody else."""
