"""A second, plain model of the core pathway, what it says against the rules, and how fast each of them runs. Not part of the installed package."""
