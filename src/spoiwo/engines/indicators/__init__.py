"""Computing indicator cards over tables of observations: one meaning, several engines."""
