"""Virtual measurements: each computes from simulated records what a source counted, the way it counted it.

A function takes a cohort, and what varies between sources as keywords; it gives one number, nan where there is nothing to count. What a source could
not see is not looked at, unless the docstring says "true". The list is in `registry`.
"""
