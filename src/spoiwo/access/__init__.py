"""Legal bases, sharing agreements, relations: who may know whom, since when."""
