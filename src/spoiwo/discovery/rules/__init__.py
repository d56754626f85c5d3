"""The protocol on paper: keys, envelopes, joining, commitments; no framework, no database."""
