"""`python -m sim.outcomes` writes the reference page of the measures."""

from .document import write

if __name__ == "__main__":
    print(f"written: {write()}")
