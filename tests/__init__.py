"""A package, so that no package called `tests` that another distribution installs can stand in its place."""
