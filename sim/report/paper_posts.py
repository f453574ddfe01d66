"""The board paper of a frontier: which posts are worth their cost."""

from __future__ import annotations

from ..experiment.frontier import Frontier
from ..experiment.post import POSTS
from ..outcomes.catalogue import MEASURES
from ..scenario.difference import values
from . import frontier as room
from .frontier_words import for_pounds, message, named, pounds, row_of, summary
from .levers import RESTS_ON, log
from .numbers import counted, listed
from .panels import Line
from .paper import SENTENCE, Grid, Part, what
from .phrases import capital, unit_of
from .provenance import quoted, with_intervals
from .rows import Row
from .sentence import said, signed
from .short import cut
from .strips import Strips, differences

MOST = 10
"""Combinations that are shown, those that nothing beats first."""


def part(found: Frontier, explained: None) -> Part:
    """What the paper says."""
    first, base = found.measures[0], quoted(found)[found.names[0]]
    kinds = listed([POSTS[name].many for name in found.posts])
    limit = f" with {pounds(found.budget)} a year" if found.budget is not None else ""
    return Part(
        title=room.title(found),
        question=f"Which numbers of {kinds}, added to {base}, are worth their cost{limit}?",
        answers=tuple(cut(f"{message(found, id)}.", SENTENCE) for id in found.measures[:3]),
        grid=_grid(found, first),
        strips=_strips(found, first),
        figure=f"{MEASURES[first].label}: difference from no posts, the cheapest first",
        explains=(cut(f"{summary(found, first)} {room.BY_CHANCE}", 2 * SENTENCE), ()),
        cost=(room.priced(found),),
        assumed=("The number of people on duty, the price of an hour and the people that a post needs. Prices:", _prices(found)),
    )


def _prices(found: Frontier) -> tuple[str, ...]:
    """What an hour, or a case slot, is priced at, and the range thought possible."""
    told = []
    for path in dict.fromkeys(f"resources.{POSTS[name].rate}" for name in found.posts):
        row, price = log().get(path, {}), values(found.plan.baseline)[path]
        source = RESTS_ON.get(row.get("reliability", "assumption"), "assumption")
        told.append(f"{what(path, found.plan.baseline)}: £{price:,g}; thought possible, £{row.get('low', '?')} to £{row.get('high', '?')} ({source})")
    return tuple(told)


def _shown(found: Frontier, measure: str) -> list[int]:
    """Those that nothing beats, and the cheapest of the others, in the order of their cost."""
    order = room.in_order(found, measure)
    on = found.frontier(measure)
    kept = (on if len(on) <= MOST else [on[0], *on[1 - MOST :]])[:MOST]
    chosen = {*kept, *[place for place in order if place not in on][: MOST - len(kept)]}
    return [place for place in order if place in chosen]


def _grid(found: Frontier, measure: str) -> Grid:
    shown, rows = _shown(found, measure), []
    for place in shown:
        gap = row_of(found, measure, place)
        told = ("no posts", "no posts", "no posts") if not place else (signed(gap), said(gap), for_pounds(found, measure, place))
        where = found.standing(measure, place) + ("" if found.within(place) else ", over budget")
        rows.append((cut(capital(named(found, place)), 60), pounds(found.costs[place]), *told, where))
    more = len(found.names) - len(shown)
    caption = f"{MEASURES[measure].label}, {with_intervals(found)}" + (f"; {counted(more, 'further combination')} in the report" if more else "")
    header = ("Posts", "A year", f"Less no posts ({unit_of(measure)})", "Verdict", "For each £100,000 a year", "Standing")
    return Grid(caption, header, rows, (3.6, 1.8, 3.3, 2.2, 3.1, 3.0), frozenset({1, 2}))


def _strips(found: Frontier, measure: str) -> Strips:
    lines = []
    for place in _shown(found, measure):
        gap = row_of(found, measure, place)
        lines.append((cut(f"{capital(named(found, place))}, {pounds(found.costs[place])}", 48), [_line(gap, place)]))
    words = f"{capital(unit_of(measure))} less no posts, with 95% intervals. {capital(MEASURES[measure].direction)}"
    return differences(lines, words, summary(found, measure))


def _line(gap: Row, place: int) -> Line:
    return Line("", gap["estimate"], gap["low"], gap["high"], said(gap) if place else "")
