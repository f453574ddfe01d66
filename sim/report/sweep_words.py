"""What a sweep says, in sentences computed from it: the message of each figure, and its summary."""

from __future__ import annotations

from collections import Counter

from ..experiment.sweep import Sweep
from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import Estimate, paired_interval
from . import sentence as say
from .lever_axis import LeverAxis
from .numbers import listed, number, places_for, spelled
from .provenance import quoted
from .rows import Row
from .stops import HERE, Stop, places, standing, stops
from .units import wording


def axes(sweep: Sweep) -> tuple[LeverAxis, ...]:
    """The levers as axes."""
    return tuple(LeverAxis.of(lever, sweep.plan.baseline, value) for lever, value in zip(sweep.levers, sweep.reference, strict=True))


def message(sweep: Sweep, measure: str) -> str:
    """The title of a measure's figure: what it shows."""
    found = stops(sweep, measure)
    label = MEASURES[measure].label
    if not any(stop.known for stop in found):
        return f"{label}: there was nothing to measure it on"
    return _of_a_map(sweep, measure, found) if len(sweep.levers) == 2 else _of_a_line(sweep, measure, [stop for stop in found if stop.known])


def _of_a_line(sweep: Sweep, measure: str, found: list[Stop]) -> str:
    """Whether the measure rises, falls, turns or stays as the lever moves; said only where paired differences stand out from chance."""
    (axis,) = axes(sweep)
    label, first, last = MEASURES[measure].label, found[0], found[-1]
    if first is last:
        return f"{label} was measured at one setting only: {axis.at(first.setting[0])}"
    through, span = between(sweep, measure, first, last), axis.span(first.setting[0], last.setting[0])
    if sweep.replications < 2:
        how = _from_to(measure, first, last, places(found))
        return f"One replication: {label} {_verb(label, 'goes', 'go')} {how} as {span}"
    turn = _turn(sweep, measure, found)
    if turn is not None:
        rise = between(sweep, measure, first, turn)
        amount = number(turn.estimate["estimate"], places_for(rise.estimate, rise.low, rise.high))
        side = "highest" if rise.estimate > 0 else "lowest"
        return f"{label} {_verb(label, 'is', 'are')} {side}, {wording(MEASURES[measure]).amount(amount)}, with {axis.at(turn.setting[0])}"
    if all(_none(between(sweep, measure, first, stop)) for stop in found[1:]):
        return f"{label} {_verb(label, 'stays', 'stay')} the same as {span}"
    if not _clear(through):
        return f"{label}: no change stands out from chance as {span}"
    shared = places_for(through.estimate, through.low, through.high)
    verb = _verb(label, "rises", "rise") if through.estimate > 0 else _verb(label, "falls", "fall")
    return f"{label} {verb} {_from_to(measure, first, last, shared)} as {span}"


def between(sweep: Sweep, measure: str, one: Stop, other: Stop) -> Estimate:
    """The paired difference of two points: the other less the one."""
    values = sweep.values.of(measure)
    return paired_interval(values[one.place], values[other.place], draws=sweep.draws_of(range(values.shape[1])))


def _turn(sweep: Sweep, measure: str, found: list[Stop]) -> Stop | None:
    """The highest or lowest point, if it lies between the ends and differs clearly, to the same side, from both."""
    for stop in (max(found, key=_size), min(found, key=_size)):
        ends = [between(sweep, measure, end, stop) for end in (found[0], found[-1])]
        if all(map(_clear, ends)) and (ends[0].estimate > 0) == (ends[1].estimate > 0):
            return stop
    return None


def _of_a_map(sweep: Sweep, measure: str, found: list[Stop]) -> str:
    """How far the measure moves to either side of the scenario as it is; of those cells only that stand out from chance."""
    label = MEASURES[measure].label
    if sweep.replications < 2:
        return f"{label} at {len(found)} pairs of settings in one replication, without intervals"
    clear = [stop for stop in found if stop.verdict.startswith("likely")]
    if not clear:
        return f"{label}: no difference from the scenario as it is stands out from chance"
    sides = [[stop for stop in clear if stop.change > 0], [stop for stop in clear if stop.change < 0]]
    ends = sorted((max(side, key=_reach) for side in sides if side), key=_reach, reverse=True)
    return f"{label}: up to {listed([_far(measure, stop, where(sweep, stop)) for stop in ends])} than as it is"


def _far(measure: str, stop: Stop, where: str) -> str:
    """A difference and where it is: 4.1 hours longer (desk-based share 90%, overnight activity 10%)."""
    row = stop.difference
    assert row is not None
    digits = number(abs(stop.change), places_for(row["estimate"], row["low"], row["high"]))
    return f"{wording(MEASURES[measure]).difference(digits, stop.change > 0)} ({where})"


def where(sweep: Sweep, stop: Stop) -> str:
    """The levers at a point."""
    return ", ".join(axis.at(value) for axis, value in zip(axes(sweep), stop.setting, strict=True))


def summary(sweep: Sweep, measure: str) -> str:
    """Two sentences that stand for a measure's figure: the scenario as it is with the ends, and how many points are better, worse, unclear."""
    here, found = standing(sweep, measure), stops(sweep, measure)
    name = quoted(sweep)[sweep.names[0]]
    label = MEASURES[measure].label
    first = f"{label} under {name} as it is ({where(sweep, here)}) {_verb(label, 'is', 'are')} {say.amount(here.estimate)}"
    moved = [stop for stop in found if stop.verdict not in (HERE, say.EMPTY)]
    ends = _ends(found) if len(sweep.levers) == 1 else _extremes(moved)
    told = [f"with {where(sweep, stop)} it is {_compared(stop.difference)}" for stop in ends if stop.difference is not None]
    return f"{'; '.join([first, *told])}. {_counted(moved)}"


def _ends(found: list[Stop]) -> list[Stop]:
    return [stop for stop in (found[0], found[-1]) if stop.known and stop.verdict != say.EMPTY]


def _compared(difference: Row) -> str:
    return say.change(difference) if say.said(difference) == say.SAME else say.in_words(difference)


def _extremes(moved: list[Stop]) -> list[Stop]:
    known = [stop for stop in moved if stop.known]
    return list({stop.place: stop for stop in (max(known, key=_change), min(known, key=_change))}.values()) if known else []


def _counted(moved: list[Stop]) -> str:
    """Of how many points what can be said."""
    if not moved:
        return "No other point could be compared with it."
    counts = Counter(stop.verdict for stop in moved)
    order = (say.BETTER, say.WORSE, say.HIGHER, say.LOWER, say.UNCLEAR, say.SAME, say.ONE_RUN)
    words = {say.SAME: "the same in every replication", say.ONE_RUN: "without an interval, as there is one replication"}
    parts = [(counts[verdict], words.get(verdict, verdict)) for verdict in order if counts[verdict]]
    if len(parts) > 1:
        return f"Of the {spelled(len(moved))} other points, {listed([f'{_are(n)} {what}' for n, what in parts])}."
    whole = {1: "The only other point is", 2: "Both other points are"}
    return f"{whole.get(len(moved), f'All {spelled(len(moved))} other points are')} {parts[0][1]}."


def _are(n: int) -> str:
    return f"{spelled(n)} {'is' if n == 1 else 'are'}"


def _from_to(measure: str, first: Stop, last: Stop, shared: int) -> str:
    """From 3.1 to 7.9 hours; from 30% to 42%; from £1,200 to £1,400."""
    words = wording(MEASURES[measure])
    before, after = (number(stop.estimate["estimate"], shared) for stop in (first, last))
    start = words.amount(before) if words.unit == "%" or words.sign else before
    return f"from {start} to {words.amount(after)}"


def _verb(label: str, one: str, many: str) -> str:
    """Agrees with the label of a measure: officer hours rise."""
    head = label.split(" of ")[0].split(",")[0].split()
    return many if head[0].endswith(("hours", "incidents")) or "hours" in head[:2] else one


def _clear(found: Estimate) -> bool:
    return found.low > 0 or found.high < 0


def _none(found: Estimate) -> bool:
    return found.low == found.high == 0.0


def _size(stop: Stop) -> float:
    return float(stop.estimate["estimate"])


def _change(stop: Stop) -> float:
    return stop.change


def _reach(stop: Stop) -> float:
    return abs(stop.change)
