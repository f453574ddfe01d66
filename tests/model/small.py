"""Small areas for tests: the baseline under what a test says, so that no test depends on a calibrated value that it does not name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from sim import scenario
from sim.engine.compiled import CompiledArea
from sim.engine.interpreted import Area
from sim.model.world import Parameters

Overrides = dict[str, Any]
Rows = np.ndarray[Any, Any]

YEAR = 8760.0
NOW_OR_NEVER = 1e-6
"""Hours: a delay as good as none, where a scenario asks for one above 0."""

SMALL: Overrides = {
    "area.nation": "england",
    "area.children": [300, 30, 15, 15],
    "area.networks": 3,
    "area.reports_per_year": 200.0,
    "area.other_families_per_year": 60.0,
    "resources.social_workers": 2,
}

SEEN_AND_HELD: Overrides = {
    "practice.checks_systems_share": 1.0,
    "practice.flag_visible_share": 1.0,
    "practice.informant_heard_share": 1.0,
    "practice.inspector_reassesses_share": 1.0,
    "practice.social_worker_asked_share": 1.0,
    "practice.recognises_link_share": 1.0,
    "practice.assessor_noise": 0.0,
    "practice.repeat_child_bias": 0.0,
    "practice.older_child_bias": 0.0,
    "practice.care_child_bias": 0.0,
    "practice.under_graded_share": 0.0,
    "practice.over_graded_share": 0.0,
}
"""Whoever grades looks everywhere, hears everyone, understands the link, and judges without noise, bias or failure."""

AS_THE_REFERENCE: Overrides = {
    "practice.grade_cuts": [-1.4, -0.5, 0.9],
    "practice.flag_weight": 1.1,
    "practice.history_weight": 0.06,
    "practice.flag_lasts_days": 200.0,
    "practice.flag_is_high": False,
    "practice.floor_age": 0.0,
    "world.reference_cuts": [-1.4, -0.5, 0.9],
    "world.reference_flag_weight": 1.1,
    "world.reference_history_weight": 0.06,
    "world.reference_flag_days": 200.0,
}
"""Practice weighs what it sees by the same rule as the reference that it is measured against."""

STANDARD_LEARNING: Overrides = {
    "practice.case_recorded_share": 1.0,
    "practice.record_delay_hours": NOW_OR_NEVER,
    "practice.prevention_done_share": 1.0,
    "practice.prevention_in_person_share": [1.0] * 4,
    "practice.prevention_delay_hours": [NOW_OR_NEVER] * 4,
    "practice.prevention_in_person_hours": NOW_OR_NEVER,
    "resources.response_units": [1000] * 3,
    "resources.desk_staff": [1000] * 3,
}
"""Every case is recorded at once, and every child is spoken to in person at once."""

QUIET: Overrides = {"area.other_incidents_per_report": 0.0, "area.other_families_per_year": 0.0}
"""Nobody but the children asks for anyone."""

NO_EXPLOITATION: Overrides = {
    "world.groomed_at_start": [0.0] * 4,
    "world.exploited_at_start": [0.0] * 4,
    "world.groomed_per_year_at_home": 0.0,
    "world.groomed_per_hour_away": 0.0,
}
MUCH_EXPLOITATION: Overrides = {"world.exploited_at_start": [0.3] * 4, "world.groomed_at_start": [0.2] * 4, "world.exploited_months": 36.0}
NO_INTERVIEWS: Overrides = {"practice.prevention_done_share": 0.0, "practice.rhi_offered_share": 0.0}
NO_REFERRALS: Overrides = {"practice.referral_share": 0.0, "practice.rhi_referral_share": 0.0, "practice.partner_referral_share": 0.0}
NO_SEARCH: Overrides = {"world.find_rate": 0.0}
NEVER_LEAVING: Overrides = {"world.leaving_per_year": [0.0] * 4}
FLAT: Overrides = {"world.leaving_by_hour": [1.0] * 24, "world.leaving_by_day": [1.0] * 7}
"""Every hour of the week alike, for leaving and for other incidents."""
ALWAYS_REPORTED: Overrides = {"world.reported_share": [1.0] * 4, "world.report_delay_median": [0.5] * 4}


_BASELINE = scenario.load("baseline", overrides=SMALL).model_dump()
_LOADED: dict[str, Parameters] = {}


def parameters(*parts: Overrides) -> Parameters:
    """A small area under the baseline, changed by each part in turn."""
    merged: Overrides = {}
    for part in parts:
        merged.update(part)
    name = repr(sorted(merged.items()))
    if name not in _LOADED:
        content = {key: dict(value) if isinstance(value, dict) else value for key, value in _BASELINE.items()}
        for path, value in merged.items():
            section, key = path.split(".")
            assert key in content[section], path
            content[section][key] = value
        s = scenario.Scenario.model_validate(content)
        _LOADED[name] = Parameters(s.area, s.world, s.practice, s.resources)
    return _LOADED[name]


def area(*parts: Overrides, seed: int = 1, replication: int = 0, trace: bool = False) -> Area:
    """A small area at hour 0 under the SimPy engine."""
    return Area(parameters(*parts), seed, replication, trace=trace)


def after(days: float, *parts: Overrides, seed: int = 1, replication: int = 0) -> dict[str, Rows]:
    """The tables of a small area after so many days, under the compiled engine: the same to the byte, and much sooner."""
    it = CompiledArea(parameters(*parts), seed, replication)
    it.run(days * 24.0)
    return it.tables()


def together(name: str, replications: Iterable[int], days: float, *parts: Overrides) -> Rows:
    """One table of several replications, one after the other."""
    return np.concatenate([after(days, *parts, replication=replication)[name] for replication in replications])


def same(a: dict[str, Rows], b: dict[str, Rows]) -> bool:
    """Are all tables equal, byte for byte?"""
    return list(a) == list(b) and all(a[name].dtype == b[name].dtype and column_bytes(a[name]) == column_bytes(b[name]) for name in a)


def column_bytes(rows: Rows, columns: Iterable[str] | None = None) -> list[bytes]:
    """The bytes of each column (padding between columns is left out)."""
    return [np.ascontiguousarray(rows[name]).tobytes() for name in columns or rows.dtype.names]
