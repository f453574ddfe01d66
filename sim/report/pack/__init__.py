"""The training pack: a folder of pages that open from a disk, made of exercises that the story room has told.

Nothing is simulated here and nothing is worded that belongs to a case: this room lays out what it is given, writes the folder, and checks it later.
The pages need no network, no installation and no fetch: each holds its own case, and all share one style sheet and one script.
"""

from __future__ import annotations

from .folder import allowed, write
from .manifest import Checked, check
from .pages import Pages
from .selection import selection

__all__ = ["Checked", "Pages", "allowed", "check", "selection", "write"]
