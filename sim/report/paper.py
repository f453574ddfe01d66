"""What a board paper says, before it is written: two pages on one experiment, in the order in which a board asks.

Title, question, answer, the headline measures, one figure, what explains it, cost, how sure, what rests on assumption, limits, and where it comes
from. Everything is worded by the rooms that word the report; here it is chosen and kept short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from ..experiment.attribution import Explanation
from ..experiment.comparison import Result
from ..experiment.findings import Findings
from ..scenario.difference import values
from ..scenario.errors import Problem, ScenarioError
from ..scenario.ranges import ranges
from ..scenario.scenario import Scenario
from . import makeup, notes
from .asked import described
from .levers import Lever, grounds, levers
from .numbers import counted
from .provenance import day, drawn, line, once_each, runs
from .short import clean, cut, shortened
from .strips import Strips

OPTION = "--word"
ROOMS = {"compare": "paper_comparison", "explain": "paper_explained", "frontier": "paper_posts", "run": "paper_comparison", "sweep": "paper_sweep"}
"""The module that fills the paper of each kind of findings: `part(findings, explained)`."""
LEVERS, ASSUMED = 5, 4
"""So many values that differ, and so many assumptions, are named; the others are counted."""
SENTENCE, ITEM = 420, 150
"""Letters of a sentence, and of an item of a list."""


@dataclass(frozen=True)
class Grid:
    """The table: its caption, one header row, rows of cells (a cell's lines parted by a line break), widths in centimetres, columns of numbers."""

    caption: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[float, ...]
    numeric: frozenset[int]


@dataclass(frozen=True)
class Part:
    """What depends on the kind of findings. Lists come with the words that lead to them, and may be empty."""

    title: str
    question: str
    answers: tuple[str, ...]
    grid: Grid
    strips: Strips
    figure: str
    """The title of the figure."""
    explains: tuple[str, tuple[str, ...]]
    cost: tuple[str, ...]
    assumed: tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Paper:
    """A board paper."""

    part: Part
    status: str
    sure: str
    limits: tuple[str, ...]
    provenance: str


def paper(findings: Findings, written: date, explained: Findings | None = None) -> Paper:
    """The paper of an experiment; `explained` is an explanation of the same comparison. Raises ScenarioError for a kind that has no paper, and for an
    explanation of something else."""
    kind = findings.called(findings.plan)
    if kind not in ROOMS:
        allowed = f"allowed: the folder of {', '.join(ROOMS)}; of others the report and the workbook can be had"
        raise ScenarioError(Problem("", None, OPTION, f"there is no board paper of {kind}", allowed))
    checked = None if explained is None else explaining(findings, explained)
    found = shortened(findings)
    part: Part = import_module(f".{ROOMS[kind]}", __package__).part(found, None if checked is None else shortened(checked))
    status = f"Board paper, {day(written)}. Simulated data: no record of a real child was used."
    return Paper(part, status, sure(found), limits(), f"{line(found)} Paper written {day(written)}.")


def explaining(findings: Findings, explained: Findings) -> Explanation:
    """An explanation, if it explains a difference of this comparison. Raises ScenarioError."""
    option = "--explained"
    if not isinstance(explained, Explanation):
        what, allowed = f"holds an experiment of kind {explained.called(explained.plan)}", "allowed: the folder of `missing-sim explain`"
        raise ScenarioError(Problem("", None, option, what, allowed))
    if not isinstance(findings, Result) or len(findings.names) < 2:
        raise ScenarioError(Problem("", None, option, "explains a difference, and this paper has none", "allowed: beside a comparison"))
    if matching(findings, explained) is None:
        names = f"{explained.a.name} and {explained.b.name}"
        what, allowed = f"explains another difference: {names}", f"allowed: {findings.names[0]} and {' or '.join(findings.names[1:])}"
        raise ScenarioError(Problem("", None, option, cut(what, SENTENCE), cut(allowed, SENTENCE)))
    return explained


def matching(findings: Result, explained: Explanation) -> int | None:
    """The place of the scenario whose difference from the baseline is explained, whichever way round; None if there is none."""
    ends = (_effect(explained.a), _effect(explained.b))
    base, *others = map(_effect, findings.plan.scenarios)
    return next((place for place, other in enumerate(others, start=1) if ends in ((base, other), (other, base))), None)


def _effect(scenario: Scenario) -> dict[str, object]:
    return {path: value for path, value in values(scenario).items() if not path.startswith("run.")}


def sure(found: Findings) -> str:
    """How sure it is, in three sentences: luck, what is not known, and what no interval shows."""
    mechanisms = "No interval shows whether the model's mechanisms are right: that is assumed."
    if once_each(found):
        return f"The intervals show how far the result hangs on what was drawn in {runs(found)}. {mechanisms}"
    if found.replications < 2:
        once = "This is one replication, one way that chance could have fallen: nothing here has an interval."
        return f"{once} Ask for more before you act. {mechanisms}"
    if found.drawn is None:
        return (
            f"The 95% intervals show luck: what chance alone does over {runs(found)}. "
            f"They do not show how uncertain the model's values are, which may matter more. {mechanisms}"
        )
    if isinstance(found, Result):
        return f"{makeup.makeup(found)} {mechanisms}"
    return (
        f"The 95% intervals hold luck, over {runs(found)}, and what is not known about the model's values: {drawn(found)}. "
        f"More replications narrow the first part; only better evidence narrows the second. {mechanisms}"
    )


def limits() -> tuple[str, ...]:
    """What the paper must not be used for, and what the model cannot say."""
    return (
        notes.SYNTHETIC.split(". ", 2)[2],
        "Trust the direction and rough size of a difference more than the level of any number; it is no forecast for a real force, council or child.",
        "More search costs officer hours and shortens exposure: the model does not weigh one against the other.",
        "Children cannot consent to their own abuse: responsibility lies with those who exploit them.",
    )


def differing(a: Scenario, b: Scenario) -> tuple[str, tuple[str, ...]]:
    """The values in which two scenarios differ, as far as there is room."""
    found = told_first(levers(a, b))
    if not found:
        return "In effect the scenarios are the same.", ()
    rest = f"; the first {LEVERS} are" if len(found) > LEVERS else ""
    lead = f"No explanation was asked for (missing-sim explain makes one). The scenarios differ in {counted(len(found), 'value')}{rest}:"
    return lead, tuple(cut(f"{one.words}: {one.before}, then {one.after}", ITEM) for one in found[:LEVERS])


def told_first(found: Sequence[Lever]) -> list[Lever]:
    """The values in their order, those that stand as logarithms after those that a board can read."""
    return sorted(found, key=lambda one: "log " in f"{one.before} {one.after} {one.span}")


def assumptions(found: Sequence[Lever], lead: str) -> tuple[str, tuple[str, ...]]:
    """Those of some values that rest on no source, with the range thought possible."""
    assumed = told_first([one for one in found if one.assumed])
    if not assumed:
        return f"{lead} all rest on a source.", ()
    rest = f" The first {ASSUMED} are:" if len(assumed) > ASSUMED else ""
    items = tuple(cut(f"{one.words}: thought possible, {one.span}", ITEM) for one in assumed[:ASSUMED])
    return f"{lead} {len(assumed):,} {'rests' if len(assumed) == 1 else 'rest'} on no published source.{rest}", items


def of_the_model(scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    """What a scenario that stands alone rests on."""
    assumed = sum(one.assumed for one in ranges().values())
    own = cut(grounds(scenario), SENTENCE)
    lead = f"Of the model's {len(ranges()):,} values, {assumed:,} rest on no published source. missing-sim sensitivity tells which of them matter."
    return (f"{lead} Of this scenario:", (own,)) if own else (lead, ())


def what(path: str, scenario: Scenario) -> str:
    """A value of a scenario in words."""
    return clean(described(path, scenario).rsplit(" (", 1)[0])
