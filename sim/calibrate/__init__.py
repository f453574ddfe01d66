"""The model held against published figures: what each figure counts, computed the same way from simulated records."""
