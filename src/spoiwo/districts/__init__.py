"""Service districts: who serves which address, pairs of workers, hand-overs when people move, substitutes."""
