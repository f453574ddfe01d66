"""`python -m sim` is the command `missing-sim`."""

from .cli import main

if __name__ == "__main__":
    main()
