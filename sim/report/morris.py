"""A screening of Morris in words, as a table for a terminal, and drawn: which factors matter, which act evenly, and how chance compares."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from ..experiment.factors import LUCK
from ..experiment.morris import Morris
from ..outcomes.catalogue import MEASURES
from .exhibit import Exhibit
from .factor import STAR, STARRED, called, described, headed, left_out, over_runs, paragraphs, rests_on, tidied
from .labelled_dots import Dot, labelled_dots
from .numbers import counted, listed, number, spelled, with_interval
from .rows import Row, rows
from .settling import Settling, settling
from .terminal import columns
from .units import wording

if TYPE_CHECKING:
    import pandas as pd

LABELLED = 10
"""Factors that are labelled in a figure, if there is room; the table names all."""
FOLLOWED = 3
"""Parameters whose convergence is drawn, beside that of luck."""
PRINTED, PRINTED_OF_MANY = 15, 6
"""Factors of a measure on a terminal, and where more than two measures are asked for."""


def those(found: Morris, measure: str) -> list[Row]:
    """The factors of a measure by their mean absolute effect."""
    return rows(found.indices[found.indices["measure"] == measure])


def text(found: Morris) -> str:
    """For each measure the factors that matter most, and how luck compares."""
    most = PRINTED if len(found.measures) <= 2 else PRINTED_OF_MANY
    out = left_out(found)
    notes = paragraphs(LEGEND, f"{STARRED}.", f"{out[0].upper()}{out[1:]}." if out else "", over_runs(found))
    return "\n\n".join([*(_block(found, measure, most) for measure in found.measures), "\n".join(notes)])


LEGEND = (
    "Mean effect (mu*): what a parameter does, on average and whatever its direction, as it goes through its whole range; for luck, what another "
    "luck does. Spread (sigma): how uneven its effect is, by itself and with others."
)


def _block(found: Morris, measure: str, most: int) -> str:
    these = those(found, measure)
    shown = [row for row in these if row["rank"] <= most or row["factor"] == LUCK]
    lines = [(f"{row['rank']}", _name(row), _mean(row), _spread(row), str(row["n"])) for row in shown]
    head = ("Rank", "Factor", "Mean effect (95%)", "Spread (95%)", "n")
    table = columns(head, lines, (4, 38, 23, 23, 4), "><>>>")
    more = f"{counted(len(these) - len(shown), 'more factor')} with smaller effects." if len(these) > len(shown) else ""
    return "\n".join([*paragraphs(f"{MEASURES[measure].label} ({_unit(measure)})"), "", *table, *paragraphs(more, summary(found, measure))])


def _name(row: Row) -> str:
    return headed(row["factor"]) + (f" {STAR}" if row["assumed"] else "")


def _mean(row: Row) -> str:
    return with_interval(row["mu_star"], row["mu_star_low"], row["mu_star_high"])


def _spread(row: Row) -> str:
    return with_interval(row["sigma"], row["sigma_low"], row["sigma_high"])


def _unit(measure: str) -> str:
    words = wording(MEASURES[measure])
    return words.of or words.unit


def exhibits(found: Morris) -> list[Exhibit]:
    """For each measure the plane of mean effect and spread, and how the means settled."""
    return [exhibit for measure in found.measures for exhibit in (_plane(found, measure), _settled(found, measure))]


def _plane(found: Morris, measure: str) -> Exhibit:
    known = [row for row in those(found, measure) if not isnan(row["mu_star"]) and not isnan(row["sigma"])]
    dots = [_dot(row) for row in known]
    out = f"; {left_out(found)}" if found.choices else ""
    subtitle = (
        f"Across: mean absolute effect of a parameter's whole range, or of another luck, with 95% bootstrap intervals. Up: how uneven the effect is. "
        f"From {counted(len(found.steps), 'trajectory', 'trajectories')}{out}"
    )
    unit = _unit(measure)
    axes = f"Mean absolute effect, {unit}", f"Standard deviation of the effect, {unit}"
    wide, narrow = labelled_dots(dots, *axes), labelled_dots(dots, *axes, narrow=True)
    told = summary(found, measure)
    return Exhibit(f"morris-{measure}", message(found, measure), told, wide, _table(found, measure), subtitle, narrow)


def _dot(row: Row) -> Dot:
    luck = row["factor"] == LUCK
    wanted = luck or (row["rank"] <= LABELLED and row["mu_star"] > 0)
    return Dot(row["mu_star"], row["sigma"], row["mu_star_low"], row["mu_star_high"], headed(row["factor"]), wanted, luck)


def _luck(found: Morris, measure: str) -> Row:
    return next(row for row in those(found, measure) if row["factor"] == LUCK)


def stronger(found: Morris, measure: str) -> list[Row]:
    """The parameters whose mean effect is above that of luck."""
    luck = _luck(found, measure)["mu_star"]
    return [row for row in those(found, measure) if row["factor"] != LUCK and row["mu_star"] > luck]


def message(found: Morris, measure: str) -> str:
    """How many parameters do more than another luck does, and which does most."""
    label, above, count = MEASURES[measure].label, stronger(found, measure), len(found.paths)
    if isnan(_luck(found, measure)["mu_star"]):
        return f"{label}: luck cannot be compared, as there was nothing to measure"
    if not above:
        return f"{label}: another luck changes one year by more than any of {counted(count, 'parameter')} does over its range"
    do = "does" if len(above) == 1 else "do"
    names = called(above[0]["factor"]) if len(above) == 1 else f"{called(above[0]['factor'])} most of all"
    return f"{label}: {spelled(len(above))} of {counted(count, 'parameter')} {do} more over the range than another luck does, {names}"


def summary(found: Morris, measure: str) -> str:
    """The largest effects in numbers, and how far they had settled."""
    named = [row for row in those(found, measure) if row["factor"] != LUCK and row["mu_star"] > 0][:3]
    luck = _luck(found, measure)
    unit = _unit(measure)
    effects = [f"{called(row['factor'])} {_mean(row)}" for row in named]
    first = f"Mean effects in {unit}: {listed([*effects, f'luck {_mean(luck)}'])}."
    none = "" if named else f" No parameter changes it in any of {counted(len(found.steps), 'trajectory', 'trajectories')}."
    return f"{first}{none} {settled_sentence(found, measure)}"


def settled_sentence(found: Morris, measure: str) -> str:
    """By how much the largest index changed over the second half of the trajectories."""
    top = next((row for row in those(found, measure) if not isnan(row["mu_star"])), None)
    looks = followed(found, measure)
    if top is None or top["mu_star"] == 0 or not looks:
        return "There is nothing that could have settled."
    one = next(one for one in looks if one.name == headed(top["factor"]))
    half = min(range(len(one.counts)), key=lambda place: abs(one.counts[place] - one.counts[-1] / 2))
    change = 100 * abs(one.values[-1] - one.values[half]) / one.values[-1]
    words = f"Between {one.counts[half]} and {counted(one.counts[-1], 'trajectory', 'trajectories')} the largest mean effect"
    return f"{words} changed by {number(change, 0 if change >= 10 else 1)}%." if round(change, 1) else f"{words} did not change."


def followed(found: Morris, measure: str) -> list[Settling]:
    """How the mean effects of the strongest parameters and of luck settled, the strongest first."""
    names = [row["factor"] for row in those(found, measure) if row["mu_star"] > 0]
    kept = [name for name in names if name == LUCK or name in [other for other in names if other != LUCK][:FOLLOWED]]
    frame = found.convergence[found.convergence["measure"] == measure]
    return [_settling(frame[frame["factor"] == name], name) for name in kept]


def _settling(frame: pd.DataFrame, name: str) -> Settling:
    columns = (list(map(float, frame[column])) for column in ("mu_star", "mu_star_low", "mu_star_high"))
    return Settling(headed(name), list(map(int, frame["trajectories"])), *columns)


def _settled(found: Morris, measure: str) -> Exhibit:
    label = MEASURES[measure].label
    these = followed(found, measure)
    axis = f"Up: mean absolute effect in {_unit(measure)}. Across: trajectories"
    frame = found.convergence[found.convergence["measure"] == measure]
    table = [_convergence_row(row, _unit(measure)) for row in rows(frame)]
    return Exhibit(
        f"morris-{measure}-convergence",
        f"{label}: {settled_sentence(found, measure)[0].lower()}{settled_sentence(found, measure)[1:-1]}",
        f"{settled_sentence(found, measure)} A band that still narrows or moves at the right asks for more trajectories.",
        settling(these, axis),
        _frame(table),
        "Mean absolute effect after the first so many trajectories, with 95% bootstrap intervals as bands",
        settling(these, axis, narrow=True),
    )


def _convergence_row(row: Row, unit: str) -> dict[str, Any]:
    effect = {f"Mean absolute effect ({unit})": row["mu_star"], "95% from": row["mu_star_low"], "95% to": row["mu_star_high"]}
    return {"Factor": headed(row["factor"]), "Key": row["factor"], "Trajectories": row["trajectories"], **effect}


def _table(found: Morris, measure: str) -> pd.DataFrame:
    return _frame([_table_row(found, row, _unit(measure)) for row in those(found, measure)])


def _frame(table: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(tidied(table))


def _table_row(found: Morris, row: Row, unit: str) -> dict[str, Any]:
    return {
        "Rank": row["rank"],
        "Factor": headed(row["factor"]),
        "What it is": described(found, row["factor"]),
        "Key": row["factor"],
        f"Mean absolute effect ({unit})": row["mu_star"],
        "95% from": row["mu_star_low"],
        "95% to": row["mu_star_high"],
        f"Standard deviation ({unit})": row["sigma"],
        "95% from (deviation)": row["sigma_low"],
        "95% to (deviation)": row["sigma_high"],
        f"Mean effect with its sign ({unit})": row["mu"],
        "Trajectories": row["n"],
        "Rests on": rests_on(found, row["factor"]),
    }
