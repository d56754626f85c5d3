"""The language of indicator formulas: reading, units, sentences, differences. Nothing is ever evaluated as Python."""
