"""Write every page that is made from the code: `python -m docs.write_reference`; a test proves them current."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs.writers.commands import commands
from docs.writers.decisions import decisions
from docs.writers.governance import GOVERNANCE
from docs.writers.luck import luck
from docs.writers.misses import misses
from docs.writers.parameters import parameters
from docs.writers.python import python
from docs.writers.scenarios import scenarios

DOCS = Path(__file__).parent
PAGES: dict[str, Callable[[], str]] = {
    "background/decisions.md": decisions,
    "reference/commands.md": commands,
    "reference/luck.md": luck,
    "reference/misses.md": misses,
    "reference/parameters.md": parameters,
    "reference/python.md": python,
    "reference/scenarios.md": scenarios,
    **GOVERNANCE,
}
"""The pages by their place in docs/."""

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
