"""missing-sim: a simulation of the police and social-care response to children going missing, in England and Wales."""

__version__ = "0.1.0"
