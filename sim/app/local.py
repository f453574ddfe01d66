"""Local figures: what an area is like and who is on duty, each with a default, its range and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..report.levers import HOMES, RESTS_ON, SHIFTS
from ..scenario.difference import values
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario
from .levers import levers

OVERRIDE = "override: "
"""What an error begins with that comes of no file."""


@dataclass(frozen=True)
class Local:
    """One local figure: one number of a value, or of one place in a list."""

    path: str
    words: str
    place: int | None = None
    whole: bool = True
    most: float = 100_000.0

    @property
    def key(self) -> str:
        """The figure's name on the page."""
        return self.path if self.place is None else f"{self.path}.{self.place}"

    @property
    def least(self) -> float:
        """The lowest that a scenario may hold. One child, one network is the least of an area."""
        return 1.0 if self.path in ("area.networks", "area.reports_per_year") else 0.0

    def source(self) -> str:
        """The range and what the default rests on: evidence ids, or assumption."""
        row = ranges()[self.path]
        low, high = (end[self.place] if isinstance(end, tuple) and self.place is not None else end for end in (row.low, row.high))
        assert isinstance(low, float | int)
        assert isinstance(high, float | int)
        ids = [one for one in row.evidence if one != "assumption"]
        grounds = f"{RESTS_ON.get(row.reliability, row.reliability)}: {', '.join(ids)}" if ids and not row.assumed else "assumption"
        nearby = f" ({', '.join(ids)} near it)" if ids and row.assumed else ""
        return f"{low:,.6g} to {high:,.6g} in a county. Rests on {grounds}{nearby}"


def _each(path: str, words: str, names: tuple[str, ...]) -> tuple[Local, ...]:
    return tuple(Local(path, f"{words}, {name}", place) for place, name in enumerate(names))


GROUPS: dict[str, tuple[Local, ...]] = {
    "Children and demand": (
        Local("area.reports_per_year", "Missing episodes of children reported a year", whole=False),
        *_each("area.children", "Children who may go missing", HOMES),
        Local("area.networks", "Networks of adults who exploit children", most=100_000),
        Local("area.other_incidents_per_report", "Other incidents for each of these reports", whole=False, most=1_000),
        Local("area.other_families_per_year", "Other families' cases a year", whole=False),
    ),
    "People on duty": (
        *_each("resources.desk_staff", "Desk staff", SHIFTS),
        *_each("resources.response_units", "Response units", SHIFTS),
        Local("resources.interviewers", "Return home interviewers"),
        Local("resources.mash_staff", "Decision makers in the hub (MASH)"),
        Local("resources.social_workers", "Social workers with cases"),
        Local("resources.cases_per_worker", "Most cases of one social worker"),
    ),
}


def figures() -> list[Local]:
    """Every local figure, in the order of the page."""
    return [figure for group in GROUPS.values() for figure in group]


def defaults(scenario: Scenario) -> dict[str, float]:
    """What each local figure is in a scenario."""
    found = values(scenario)
    return {figure.key: _at(found[figure.path], figure.place) for figure in figures()}


def changes(scenario: Scenario, given: Mapping[str, float]) -> dict[str, Any]:
    """The values to set, by path: of what was given, only what differs from the scenario. A list is set whole."""
    before, found = defaults(scenario), values(scenario)
    changed: dict[str, Any] = {}
    for figure in figures():
        value = given.get(figure.key)
        if value is None or value == before[figure.key]:
            continue
        number = round(value) if figure.whole else float(value)
        if figure.place is None:
            changed[figure.path] = number
        else:
            whole = list(changed.get(figure.path, found[figure.path]))  # type: ignore[arg-type]
            whole[figure.place] = number
            changed[figure.path] = whole
    return changed


def in_words(error: str) -> str:
    """An error with values called as they are on the page; what is wrong in a file goes by its keys."""
    lines = error.splitlines()
    for place, line in enumerate(lines):
        if ".toml" not in line:
            lines[place] = line.removeprefix(OVERRIDE)
            for path, words in {**_words(), **{path: lever.words for path, lever in levers().items()}}.items():
                lines[place] = lines[place].replace(path, f"“{words}”")
    return "\n".join(lines)


def _words() -> dict[str, str]:
    return {figure.path: figure.words.rpartition(", ")[0] or figure.words for figure in figures()}


def _at(value: Any, place: int | None) -> float:
    return float(value if place is None else value[place])
