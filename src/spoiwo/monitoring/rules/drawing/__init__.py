"""Pictures as SVG, drawn on the server: every word and number in them comes in as text already."""
