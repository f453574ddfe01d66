"""What runs the rules: SimPy (readable, traced, steppable) and compiled (Numba), with the same bytes from both."""
