"""A choice as people look at it: what would help most to know, how the options rank over what is not known, and the same for a terminal."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..experiment.choice import ALL, THEME, UNKNOWN, Choice
from ..outcomes.measure import NAN
from . import notes
from .cell_map import NARROW as NARROW_MAP
from .cell_map import WIDE as WIDE_MAP
from .cell_map import Cell, Line, between, cell_map
from .choice_words import between as among
from .choice_words import (
    called,
    described,
    is_alike,
    is_total,
    message,
    of,
    options,
    placed,
    ranks_message,
    ranks_summary,
    record,
    share,
    summary,
    theme_message,
    theme_summary,
    told,
    unit,
    weighed,
    whole,
)
from .exhibit import Exhibit
from .factor import tidied
from .heat_map import BETTER, NONE
from .numbers import counted, decimals, number, places_for, with_interval
from .phrases import capital
from .provenance import line, period, quoted
from .rows import Row
from .terminal import WIDTH, columns
from .worth_bars import NARROW, WIDE, Bar, worth_bars

if TYPE_CHECKING:
    import pandas as pd

LEAST, DRAWN, PRINTED = 5, 12, 10
"""Unknowns in a figure (at least, at most) and on a terminal; the table holds all."""
HIDDEN = "within chance"
"""What stands where a value cannot be told from chance."""
NONE_ALONE = "No single unknown stands out from chance"
MORE = "What each is worth by itself cannot be told from what chance alone gives. More replications let smaller values stand out."
"""Said of the unknowns where only a theme stands out."""
RANKS = ["Across: the rank, 1 for the best. In a cell: the share of draws in which the option has it, luck taken out."]


def title(found: Choice) -> str:
    """What was done, as the title of a report."""
    return f"What to know before choosing {among(found)}"


def caveats(found: Choice) -> list[str]:
    """What to know before the choice is made."""
    weight = " How much one counts against the other is the judgement of whoever asked; the model has none." if len(found.weights) > 1 else ""
    own = (
        f"{weighed(found)}{weight} Whatever else the options change is left out: compare them as well. What is worth knowing hangs on these options, "
        "on what is weighed, and on how much is unknown to begin with; it says nothing of what recording it costs."
    )
    first, *rest = notes.caveats(found)
    few = [] if found.enough else [f"{message(found)}."]
    return [*few, first, own, *rest]


def exhibits(found: Choice) -> list[Exhibit]:
    """What would help most to know, how the options rank, and then the rest: themes as a whole, or, where only these stand out, the unknowns. Of
    parts that are all worth nothing there is no figure."""
    if not found.numbers:
        return []
    if not found.enough:
        return [_ranks(found, ranks_message(found), ranks_summary(found))]
    if not _any_worth(found, UNKNOWN) and not _any_worth(found, THEME):
        return [_ranks(found, message(found), f"{summary(found)} {ranks_summary(found)}")]
    ranks = _ranks(found, ranks_message(found), ranks_summary(found))
    if told(found, THEME) and not told(found, UNKNOWN):
        return [_worth(found, THEME, message(found), summary(found)), ranks, _worth(found, UNKNOWN, NONE_ALONE, MORE)]
    shown = [_worth(found, UNKNOWN, message(found), summary(found)), ranks]
    if _any_worth(found, THEME):
        shown.append(_worth(found, THEME, theme_message(found), theme_summary(found)))
    return shown


def _worth(found: Choice, about: str, says: str, words: str) -> Exhibit:
    these = of(found, about)
    most = min(DRAWN, max(LEAST, sum(row["value"] > 0 for row in these))) if about == UNKNOWN else len(these)
    bars = [Bar(capital(called(row["name"])), row["value"], row["error"], row["noise"], row["told"]) for row in these[:most]]
    some = f"; the largest {most} of {len(these)} drawn" if len(these) > most else ""
    what = "each unknown value by itself" if about == UNKNOWN else "all unknown values of a theme together"
    subtitle = (
        f"Expected value of knowing {what} before choosing (EVPPI), by regression on {counted(len(found.numbers), 'draw')}, with standard errors. "
        f"Where nothing can be learned, chance takes one of all bars beyond its mark in 1 of 20 experiments{some}"
    )
    axis = f"What knowing it is worth on average: {_unit(found)}"
    return Exhibit(f"choice-{about}", says, words, worth_bars(bars, axis, WIDE), _table(found, about), subtitle, worth_bars(bars, axis, NARROW))


def _unit(found: Choice) -> str:
    """The unit of an axis or a column, with its period."""
    over = period(found).replace("one year", "a year") if is_total(found) else ""
    return f"{unit(found)} {over if over.startswith('a ') or not over else 'in ' + over}".strip()


def _table(found: Choice, about: str) -> pd.DataFrame:
    """Every part with what it is worth, and everything together as the first row."""
    import pandas as pd

    rows = [_row(found, row, about) for row in (whole(found), *of(found, about))]
    return pd.DataFrame(tidied(rows))


def _row(found: Choice, row: Row, about: str) -> dict[str, Any]:
    everything = row["about"] == ALL
    head: dict[str, Any] = {
        "What is known": "Everything that is unknown" if everything else capital(called(row["name"])),
        f"Worth ({_unit(found)})": _value(row) if everything or row["told"] else HIDDEN,
        "Standard error": row["error"],
        "Chance alone reaches": NAN if everything else row["noise"],
        "Stands out from chance": "not compared" if everything else "yes" if row["told"] else "no",
        "What it is": counted(row["numbers"], "number") if everything else described(found, row["name"]),
    }
    if about == THEME:
        return head
    return head | {"To learn it, record": "see each" if everything else record(row["name"]) or "not worked out"}


def _value(row: Row) -> str:
    return number(row["value"], decimals(row["error"], row["value"]))


def _any_worth(found: Choice, about: str) -> bool:
    return any(row["value"] > 0 for row in of(found, about))


def _ranks(found: Choice, says: str, words: str) -> Exhibit:
    these, counts = options(found), _counts(found)
    places = range(1, len(these) + 1)
    lines = [Line(quoted(found)[row["option"]], tuple(_cell(counts[row["option"]][rank]) for rank in places)) for row in these]
    names = [str(rank) for rank in places]
    return Exhibit(
        name="choice-ranks",
        message=says,
        summary=words,
        figure=cell_map(lines, names, RANKS, WIDE_MAP),
        table=_ranks_table(found, these, counts),
        subtitle=(
            f"Ranks over {counted(len(found.numbers), 'draw')} of what is not known, each simulated with two lucks; what is left of luck "
            "in their mean is taken out"
        ),
        narrow=cell_map(lines, names, RANKS, NARROW_MAP),
    )


def _counts(found: Choice) -> dict[str, dict[int, float]]:
    """For each option the share of draws at each rank."""
    held = Counter(zip(found.over_draws["option"], found.over_draws["rank"], strict=True))
    count = len(found.numbers)
    return {name: {rank: held[name, rank] / count for rank in range(1, len(found.names) + 1)} for name in found.names}


def _cell(part: float) -> Cell:
    return Cell("-" if part == 0 else f"{number(100 * part, 0)}%" if part >= 0.005 else "<1%", between(NONE, BETTER, part))


def _ranks_table(found: Choice, these: list[Row], counts: dict[str, dict[int, float]]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for row in these:
        head = {"Option": quoted(found)[row["option"]][1:-1], "Rank on average": row["rank"], "Ranks in 90% of draws": placed(row)}
        ends = {f"Worse than the best by ({_unit(found)})": row["estimate"], "95% interval from": row["low"], "95% interval to": row["high"]}
        ends |= {"In 90% of draws from": row["draw_low"], "In 90% of draws to": row["draw_high"]}
        rows.append(head | ends | {f"Rank {rank} (% of draws)": 100 * part for rank, part in counts[row["option"]].items()})
    return pd.DataFrame(tidied(rows))


def text(found: Choice) -> str:
    """What a terminal shows: what would help most to know, how the options rank."""
    if not found.numbers:
        return "\n".join([*wrap(f"{message(found)}.", WIDTH), "", *wrap(line(found), WIDTH)])
    blocks = [_wrapped(f"{message(found)}.", *([summary(found)] if found.enough else []))]
    if found.enough and whole(found)["value"] > 0:
        blocks += [_worth_block(found, UNKNOWN, "Unknown value"), _worth_block(found, THEME, "All unknown about")]
    blocks += ["\n".join([_wrapped(f"{ranks_message(found)}.", weighed(found)), "", *_options(found)])]
    return "\n\n".join([*filter(None, blocks), _wrapped(line(found))])


def _wrapped(*sentences: str) -> str:
    return "\n".join(part for sentence in sentences for part in wrap(sentence, WIDTH))


def _worth_block(found: Choice, about: str, head: str) -> str:
    known, rest = told(found, about), [row for row in of(found, about) if not row["told"]]
    reach = max((row["noise"] for row in rest), default=0.0)
    count = counted(len(rest), "other") if known else "The only one" if len(rest) == 1 else f"All {len(rest)}"
    others = f"{count} {'is' if len(rest) == 1 else 'are'} {HIDDEN}, which alone reaches up to {number(reach, decimals(reach / 2))}."
    rows = [(capital(called(row["name"])), *_cells(row)) for row in known[:PRINTED]]
    more = [f"{counted(len(known) - PRINTED, 'other')} worth less."] if len(known) > PRINTED else []
    header = (head, f"Worth knowing, {_unit(found)}", "Standard error", "Chance alone")
    table = columns(header, rows, (40, 26, 14, 12), "<>>>") if rows else [f"{head}:"]
    return "\n".join([*table, *more, *([others] if rest else [])]) if known or rest else ""


def _cells(row: Row) -> tuple[str, str, str]:
    places = decimals(row["error"], row["value"])
    return number(row["value"], places), number(row["error"], places), number(row["noise"], places)


def _options(found: Choice) -> list[str]:
    rows = []
    for row in options(found):
        less = "" if row["option"] == found.best else _less(row)
        over = ("not told", "not told") if found.hidden else (share(row["best"]), placed(row))
        rows.append((quoted(found)[row["option"]][1:-1], less, *over))
    return columns(("Option", f"Worse than the best, {_unit(found)} (90% of draws)", "Best in", "Ranks (90%)"), rows, (35, 36, 12, 11), "<>>>")


def _less(row: Row) -> str:
    """By how much an option is worse, with where that lies in 90% of draws; draws that differ by luck only have no range."""
    if is_alike(row):
        return number(row["estimate"], places_for(row["estimate"], row["low"], row["high"]))
    return with_interval(row["estimate"], row["draw_low"], row["draw_high"])
