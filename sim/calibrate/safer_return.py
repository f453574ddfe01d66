"""The virtual study of A Safer Return (2019): the same children chosen, the same records read, in a simulated area.

The published study read return home interviews of 214 children aged 10 and over, in three English authorities, after episodes that police had graded
mainly low or medium (CS05, CS06, CS07, CS09). Interviews that were held, and told something: those who were not offered one, declined, or did not
tell are not seen, here as there. That is why its 14% is not the share of children who are being exploited.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..model.words import Exploitation, Grade
from ..outcomes.cohort import Cohort
from ..scenario.errors import Problem, ScenarioError

Array = np.ndarray[Any, Any]

CHILDREN = 214
"""As many as the published study read (CS05)."""
EVERYONE = 1 << 40
"""More children than there are: the study without its sampling error."""
READINGS = {
    "any": "children with any low or medium episode that an interview followed",
    "all": "children whose episodes were all low or medium, at least one of them followed by an interview",
    "first": "children whose first episode was low or medium and followed by an interview",
}
"""How strictly "after low or medium episodes" may be read; the published pages do not say."""
KEY = 2019
"""Names the study's own luck."""


@dataclass(frozen=True)
class Study:
    """What the study finds. Shares are per cent of `n` children, means are per child; nan where nobody qualifies."""

    reading: str
    n: int
    """Children in the sample."""
    qualified: int
    """Children in the area who could have been in it. With fewer than were asked for, all of them are."""
    sexual: float
    """Current or past victims of sexual exploitation (CS05): told of it in an interview of the study, or known to agencies before that interview."""
    red_flag: float
    """An interview of the study had a red flag (CS06)."""
    other: float
    """Disclosed criminal or other exploitation (CS07)."""
    episodes_per_child: float
    """Reported episodes in the window, of any grade (CS09)."""
    interviews_per_child: float
    """Interviews read (RH17 counts all that were held)."""


def safer_return(cohort: Cohort, reading: str = "any", children: int = CHILDREN) -> Study:
    """Do the study in a simulated area: a sample of `children` of those who qualify, or all of them if there are fewer.

    Qualified are children aged 10 or over at an episode reported in the window which the inspector graded low or medium and which a held return home
    interview covers; `reading` is one of READINGS. Read are the interviews that cover such episodes (of the first episode only, in that reading). The
    sample is drawn by a luck of its own, keyed by the child: the same in both engines, and the same children where they qualify in two scenarios.
    Raises ScenarioError for another reading, or for fewer than one child.
    """
    if reading not in READINGS:
        raise ScenarioError(Problem("", None, "reading", f'"{reading}" is not known', f"allowed: {', '.join(READINGS)}"))
    if children < 1:
        raise ScenarioError(Problem("", None, "children", f"{children} is not allowed", "allowed: a whole number of at least 1"))
    rows = cohort.episodes
    child = rows["child"]
    given = rows["first_grade"]
    low_or_medium = ((given == Grade.LOW) | (given == Grade.MEDIUM)) & (rows.age >= 10.0)
    read = low_or_medium & np.isfinite(rows.interview_done)
    if reading == "first":
        read &= _is_first(child, rows["reported"])
    out = np.unique(child[~low_or_medium]) if reading == "all" else child[:0]
    qualified = np.setdiff1d(child[read], out)
    sample = qualified
    if len(qualified) > children:
        sample = np.sort(qualified[np.argsort(_place_in_line(cohort.tables["children"]["key"][qualified]), kind="stable")[:children]])
    return _found(cohort, reading, sample, len(qualified), read)


def _found(cohort: Cohort, reading: str, sample: Array, qualified: int, read: Array) -> Study:
    """What the interviews of the sample tell."""
    inside = np.zeros(len(cohort.tables["children"]), bool)
    inside[sample] = True
    child = cohort.episodes["child"]
    of_sample = inside[child]
    interviews = np.unique(cohort.episodes["rhi"][read & of_sample])
    table = cohort.tables["interviews"]
    whose, told, flagged = (table[name][interviews] for name in ("child", "disclosed", "red_flags"))
    sexual = cohort.tables["children"]["kind"][whose] == Exploitation.SEXUAL
    past = _first_known(cohort)[whose] < table["done"][interviews]
    n = len(sample)

    def of_children(which: Array) -> float:
        return 100.0 * len(np.unique(whose[which])) / n if n else float("nan")

    def each(number: int) -> float:
        return number / n if n else float("nan")

    means = each(int(np.count_nonzero(of_sample))), each(len(interviews))
    return Study(reading, n, qualified, of_children((told | past) & sexual), of_children(flagged), of_children(told & ~sexual), *means)


def _first_known(cohort: Cohort) -> Array:
    """When agencies first identified that a child was being exploited, in the years that are simulated; never for the others."""
    found = np.full(len(cohort.tables["children"]), np.inf)
    rows = cohort.tables["identifications"]
    np.minimum.at(found, rows["child"], rows["time"])
    return found


def _is_first(child: Array, reported: Array) -> Array:
    """Which episodes are the first of their child in the window."""
    order = np.lexsort((reported, child))
    first = np.ones(len(child), bool)
    first[order[1:]] = child[order[1:]] != child[order[:-1]]
    return first


def _place_in_line(keys: Array) -> Array:
    """The order in which children are asked for: a uniform for each key, whoever else there is."""
    return np.asarray([_uniform(int(key)) for key in keys])


@lru_cache(maxsize=1 << 16)
def _uniform(key: int) -> float:
    return float(np.random.Generator(np.random.Philox(key=KEY, counter=[0, 0, 0, key])).random())
