"""How each unit of a measure is said: at the head of a column, after an estimate, and as a difference that is more or less of something."""

from __future__ import annotations

from dataclasses import dataclass

from ..outcomes.measure import Measure


@dataclass(frozen=True)
class Wording:
    """`unit` heads a column and follows an estimate. A difference reads "3.2 hours shorter", or, of what is counted, "9 fewer items an episode"."""

    unit: str
    of: str
    more: str = "higher"
    less: str = "lower"
    per: str = ""
    sign: str = ""
    """What stands before a number, such as a pound sign."""
    counted: bool = False

    def amount(self, text: str) -> str:
        """An estimate in its unit: 3.2 hours."""
        if self.unit == "%":
            return f"{text}%"
        return f"{self.sign}{text}" if self.sign else f"{text} {self.unit}".strip()

    def difference(self, text: str, rises: bool) -> str:
        """A difference of this size and on this side."""
        side = self.more if rises else self.less
        parts = (side, self.of, self.per) if self.counted else (self.of, side, self.per)
        return " ".join(filter(None, (f"{self.sign}{text}", *parts)))

    def between(self, less: str, more: str) -> str:
        """A difference that may lie on either side: from 0.7 hours shorter to 0.4 longer."""
        first = (self.less,) if self.counted else (self.of, self.less)
        last = (self.more, self.of, self.per) if self.counted else (self.more, self.per)
        return " ".join(filter(None, (f"from {self.sign}{less}", *first, f"to {self.sign}{more}", *last)))


def _count(unit: str, of: str, per: str = "") -> Wording:
    return Wording(unit, of, "more", "fewer", per, counted=True)


POINTS = "percentage points"
EPISODES = "per 1,000 episodes"
AT_RISK = "per 1,000 children at risk a year"

WORDINGS: dict[str, Wording] = {
    "%": Wording("%", POINTS),
    POINTS: Wording(POINTS, POINTS),
    "h": Wording("hours", "hours", "longer", "shorter"),
    "months": Wording("months", "months", "longer", "shorter"),
    "child-hours": _count("child-hours", "child-hours"),
    "child-hours per 1,000 episodes": _count(f"child-hours {EPISODES}", "child-hours", EPISODES),
    "child-hours per 1,000 a year": _count(f"child-hours {AT_RISK}", "child-hours", AT_RISK),
    "per 1,000": _count(EPISODES, "", EPISODES),
    "per 1,000 a year": _count(AT_RISK, "", AT_RISK),
    "a week": _count("a week", "", "a week"),
    "h a week": _count("hours a week", "hours", "a week"),
    "h an episode": _count("hours an episode", "hours", "an episode"),
    "items an episode": _count("items an episode", "items", "an episode"),
    "£": Wording("£", "", "more", "less", sign="£"),
}
"""A unit that is not listed is a thing that is counted."""

WORK = _count("hours", "hours")
"""Hours of work are more or fewer, not longer or shorter."""


def wording(measure: Measure) -> Wording:
    """How the unit of a measure is said."""
    if measure.group == "Workload and cost" and measure.unit == "h":
        return WORK
    known = WORDINGS.get(measure.unit, _count(measure.unit, measure.unit))
    if measure.group == "Equity":
        return Wording(known.unit, known.unit)
    return known
