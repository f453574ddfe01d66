"""The board paper of a comparison, and of one scenario."""

from __future__ import annotations

from math import isnan

from ..experiment.attribution import Explanation
from ..experiment.comparison import Result, headlines
from ..experiment.posts import in_words as in_posts
from ..outcomes.catalogue import MEASURES
from . import answer, page, posts_words
from .explain_words import message, overview_message, parts
from .levers import levers
from .numbers import counted
from .panels import Line, group_name
from .paper import ITEM, SENTENCE, Grid, Part, assumptions, differing, of_the_model
from .phrases import capital
from .provenance import period, quoted, titles, with_intervals
from .rows import Row
from .rows import rows as rows_in
from .sentence import EMPTY, ONE_RUN, digits, estimate_sentence, in_words, plain, said, signed
from .short import cut
from .strips import Strips, changes, differences
from .terminal import labelled
from .units import wording

OTHERS = 3
"""So many scenarios beside the baseline are shown."""
HEADING = 44
"""Letters of a title at the head of a column."""
NAMED_UP_TO = 2
"""So many measures that posts change are named for each set of posts."""
EXPLAINED = ("P1", "T2", "P2")
"""The measures whose difference is explained, as far as they were read off."""
COUNTED = "Cost counts hours worked on missing children, at a price for each hour. Harm that is prevented is not given a price."


def part(found: Result, explained: Explanation | None) -> Part:
    """What the paper of a comparison or of one scenario says."""
    return _single(found) if len(found.names) == 1 else _compared(found, explained)


def _compared(found: Result, explained: Explanation | None) -> Part:
    base, shown = found.names[0], found.names[1 : OTHERS + 1]
    names, more = quoted(found), len(found.names) - 1 - OTHERS
    others = names[shown[0]] if len(found.names) == 2 else "each of the others"
    question = (
        f"What would change in {period(found)} if {others} took the place of {names[base]}, for the same simulated children and with the same luck?"
    )
    answers = [answer.answer(found, name) for name in shown] if len(shown) == 1 or found.replications < 2 else _standings(found, shown)
    if more > 0:
        answers.append(f"{capital(counted(more, 'further scenario'))} of this comparison {'is' if more == 1 else 'are'} in the full report.")
    first, last = found.plan.scenarios[0], found.plan.scenarios[1]
    differ = {one.path: one for name in shown for one in levers(first, found.plan.scenarios[found.names.index(name)])}
    return Part(
        title=page.title(found),
        question=question,
        answers=tuple(cut(text, SENTENCE) for text in answers),
        grid=_grid(found, shown),
        strips=_strips(found, shown),
        figure=_figure(found, shown),
        explains=_explained(explained) if explained is not None else differing(first, last),
        cost=_cost(found, shown),
        assumed=assumptions(list(differ.values()), f"Of the {counted(len(differ), 'value')} that differ{'' if len(differ) != 1 else 's'},"),
    )


def _standings(found: Result, shown: list[str]) -> list[str]:
    """How each of several stands, by its letter."""
    letter, names = letters(shown), quoted(found)
    return [f"{letter[name]}, {names[name]}, is {answer.standing(answer.rows_of(found, name))}." for name in shown]


def letters(shown: list[str]) -> dict[str, str]:
    """B, C, D for the scenarios that are compared with A."""
    return dict(zip(shown, "BCD", strict=False))


def _grid(found: Result, shown: list[str]) -> Grid:
    """The ten headlines: both scenarios, difference and verdict; of several, each with its own column."""
    base, named = found.names[0], titles(found)
    held = {(row["scenario"], row["measure"]): row for row in rows_in(headlines(found.measures))}
    gaps = {name: {row["measure"]: row for row in answer.rows_of(found, name)} for name in shown}
    order = list(gaps[shown[0]])
    caption = f"The ten headline measures, {with_intervals(found)}; totals are for {period(found)}"
    heads = [f"A: {cut(named[base], HEADING)}", *_heads(found, shown)]
    rows: list[tuple[str, ...]] = []
    if len(shown) == 1:
        gap = gaps[shown[0]]
        rows += [
            (labelled(id), _short(held[base, id], gap[id]), _short(held[shown[0], id], gap[id]), signed(gap[id]), _verdict(gap[id]))
            for id in order
        ]
        header = ("Measure", *heads, "B less A (95% interval)", "Verdict")
        return Grid(caption, header, rows, (5.0, 2.7, 2.7, 3.9, 2.7), frozenset({1, 2, 3}))
    for id in order:
        cells = [_cell(held[name, id], gaps[name][id]) for name in shown]
        rows.append((labelled(id), _short(held[base, id], gaps[shown[0]][id]), *cells))
    each = (17.0 - 3.9 - 1.7) / len(shown)
    return Grid(f"{caption}. Second lines: less A", ("Measure", *heads), rows, (3.9, 1.7, *[each] * len(shown)), frozenset(range(1, 2 + len(shown))))


def _heads(found: Result, shown: list[str]) -> list[str]:
    """What columns are called: of posts that were added to a scenario with a letter, that letter and the posts."""
    letter, named = letters(shown) | {found.names[0]: "A"}, titles(found)
    sets = {one["scenario"]: one for one in found.request.get("posts", ())}
    heads = []
    for name in shown:
        one = sets.get(name)
        words = f"{letter[one['beside']]} plus {in_posts(one['added'])}" if one and one["beside"] in letter else cut(named[name], HEADING)
        heads.append(f"{letter[name]}: {words}")
    return heads


def _cell(row: Row, gap: Row) -> str:
    """An estimate with its verdict, and below it the difference."""
    return EMPTY if said(gap) == EMPTY else f"{_short(row, gap)}, {_verdict(gap)}\n{signed(gap)}"


def _verdict(row: Row) -> str:
    return "no interval" if said(row) == ONE_RUN else said(row)


def _short(row: Row, gap: Row) -> str:
    """An estimate without its interval."""
    if row["note"]:
        return "none seen"
    return "not measured" if isnan(row["estimate"]) else plain(row, digits(gap)).split(" (")[0]


def _figure(found: Result, shown: list[str]) -> str:
    each = f"{letters(shown)[shown[0]]} less A" if len(shown) == 1 else "each less A"
    return f"How large each change is, {each}, as a change of A"


def _strips(found: Result, shown: list[str]) -> Strips:
    """Each headline as a change in percent of the baseline."""
    base, letter = found.names[0], letters(shown)
    held = {row["measure"]: row["estimate"] for row in rows_in(headlines(found.measures)) if row["scenario"] == base}
    gaps = {name: {row["measure"]: row for row in answer.rows_of(found, name)} for name in shown}
    rows = []
    for id, before in held.items():
        lines = [_line(gaps[name][id], letter[name] if len(shown) > 1 else "") for name in shown]
        rows.append((MEASURES[id].label, before, lines))
    key = "Filled circle: likely better. Diamond: likely worse. Open circle: unclear."
    summary = " ".join([answer.headline_summary(found), *(f"{letter[name]} is {quoted(found)[name]}." for name in shown if len(shown) > 1), key])
    return changes(rows, "Change from A, with its 95% interval. Filled circle: better; diamond: worse; open: unclear", summary)


def _line(row: Row, who: str) -> Line:
    return Line(who, row["estimate"], row["low"], row["high"], said(row))


def _explained(found: Explanation) -> tuple[str, tuple[str, ...]]:
    """What makes the difference, from an explanation of it."""
    those = [id for id in EXPLAINED if id in found.measures] or found.measures[:1]
    lead = f"{overview_message(found)}." if len(found.measures) > 1 else f"{message(found, found.measures[0])}."
    items = tuple(cut(f"{MEASURES[id].label}: {parts(found, id)}", 2 * ITEM) for id in those)
    return cut(lead, SENTENCE), items


def _cost(found: Result, shown: list[str]) -> tuple[str, ...]:
    held = {row["scenario"]: row for row in rows_in(found.measures) if row["measure"] == "W8"}
    totals = {row["scenario"]: row for row in rows_in(found.differences) if row["measure"] == "W8"}
    told = []
    for name in shown:
        before, after = (wording(MEASURES["W8"]).amount(_short(held[one], totals[name])) for one in (found.names[0], name))
        whose = f"{letters(shown)[name]} " if len(shown) > 1 else ""
        told.append(f"{whose}{in_words(totals[name])}, from {before} to {after}")
    lead = f"Cost of hours worked, in pounds of {found.plan.baseline.resources.price_year}"
    return (f"{lead}: {'; '.join(told)}.", *posts_words.sentences(found, NAMED_UP_TO), COUNTED)


def _single(found: Result) -> Part:
    name, scenario = found.names[0], found.plan.baseline
    costs = [row for row in rows_in(found.measures) if row["measure"].split(".")[0] == "W8"]
    rows = [(labelled(row["measure"]), plain(row), MEASURES[row["measure"]].direction) for row in answer.estimates_of(found, name)]
    caption = f"The ten headline measures, {with_intervals(found)}; totals are for {period(found)}"
    return Part(
        title=titles(found)[name],
        question=f"How are children who go missing protected under {quoted(found)[name]}, in a simulated area over {period(found)}?",
        answers=(cut(answer.answer(found), SENTENCE),),
        grid=Grid(caption, ("Measure", "Estimate (95% interval)", "Which side is better"), rows, (7.0, 6.5, 3.5), frozenset({1})),
        strips=_by_group(found),
        figure="Time to first field action by group",
        explains=("One scenario alone explains nothing: compare it with another, and split the difference.", ()),
        cost=(f"{estimate_sentence(costs[0])} In pounds of {scenario.resources.price_year}.", *map(estimate_sentence, costs[1:]), COUNTED),
        assumed=of_the_model(scenario),
    )


def _by_group(found: Result) -> Strips:
    """The time to the first field action of each group."""
    rows = [row for row in rows_in(found.splits) if row["measure"] == "T2"]
    lines = [(cut(group_name(row), 40), [Line("", row["estimate"], row["low"], row["high"], "")]) for row in rows]
    return differences(lines, "Hours from the report, with 95% intervals", answer.group_summary(found, rows))
