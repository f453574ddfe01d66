"""The tables of an area by name, and how many rows of each are in use."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

import numpy as np

from ..model.records import Case, Child, Episode, Identification, Interview, Network, Now, Protection, Task

Tables = dict[str, np.ndarray[Any, Any]]

TABLES: dict[str, type] = {
    "children": Child,
    "episodes": Episode,
    "tasks": Task,
    "interviews": Interview,
    "cases": Case,
    "protections": Protection,
    "identifications": Identification,
    "networks": Network,
}


def used(now: Now, name: str, networks: Sized) -> int:
    """How many rows of a table are in use."""
    return len(networks) if name == "networks" else int(getattr(now, name))
