"""What must stand beside every result: what the data are, what the intervals do not show, and how far the model reaches."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from ..experiment.comparison import Result
from ..experiment.findings import Findings
from ..experiment.inspection import several
from ..outcomes.catalogue import NOT_YIELDED
from ..scenario.difference import differences
from ..scenario.scenario import Scenario
from .levers import NOT_OF_THE_RUN, Lever, levers
from .numbers import counted, number
from .provenance import drawn, once_each, quoted, runs
from .rows import rows as rows_in

SYNTHETIC = (
    "Every child, episode and result here is simulated from published averages and stated assumptions. No record of a real child was used. "
    "Results compare policies; they do not predict any child's risk and must not be used to grade a case."
)
CONTENT = (
    "This report deals with children going missing and the possibility of sexual or criminal exploitation. "
    "It holds no images or descriptions of abuse. Children cannot consent to their own abuse: responsibility lies with those who exploit them."
)
FEW = 10
NAMED_UP_TO = 4
"""Of more scenarios that encode a finding, none is named."""


def caveats(result: Findings) -> list[str]:
    """The two or three that matter most, to be read first."""
    if once_each(result):
        found = [
            f"The 95% intervals show how far the result hangs on the points and the luck that happened to be drawn in {runs(result)}. "
            "They do not show whether the ranges of the values are right: many of these are judgements."
        ]
    elif result.replications < 2:
        found = ["One replication shows one way that chance could have fallen. It has no interval; ask for more replications before you act on it."]
    else:
        few = " With so few, the intervals themselves are rough." if result.replications < FEW else ""
        found = [_known_and_not(result, few)] if result.drawn is not None else [
            f"The 95% intervals show how far chance alone moves the result over {runs(result)}.{few} "
            "They do not show how uncertain the model's values are, which may matter more."
        ]
    found.append(_assumed(result))
    found.append(
        "The model compares policies in a simulated area. Trust the direction and rough size of a difference more than the level of any one number, "
        "and read no result as a forecast for a real force, council or child."
    )
    return [text for text in found if text]


def _known_and_not(result: Findings, few: str) -> str:
    return (
        f"The 95% intervals hold chance, over {runs(result)}, and what is not known about the model's values: {drawn(result)}.{few} "
        "They do not show whether the model's mechanisms are right."
    )


def _assumed(result: Findings) -> str:
    names = quoted(result)
    by_title = {scenario.about.title: scenario for scenario in reversed(result.plan.scenarios) if scenario.about.kind == "finding"}
    findings = list(reversed(by_title.values()))  # what lies between two scenarios has the title of one of them
    sentence = ""
    if len(result.names) > 1:
        differing = _differing(result)
        assumed = sum(one.assumed for one in differing.values())
        if len(differing) == 1:
            sentence = f"The scenarios differ in one value, {'an assumption without' if assumed else 'for which there is'} a published source."
        elif differing:
            sentence = f"The scenarios differ in {counted(len(differing), 'value')}; {assumed:,} of these are assumptions without a published source."
    if findings:
        whose = " and ".join(names[scenario.name] for scenario in findings) if len(findings) <= NAMED_UP_TO else "Scenarios of this experiment"
        sentence += (
            f" {whose} {'encodes a published finding' if len(findings) == 1 else 'encode published findings'} for which no rate was published: "
            "the failing is real, its size here is assumed. Failings are compared, never forces."
        )
    return " ".join(filter(None, (sentence.strip(), between_findings(result.plan.scenarios))))


def between_findings(scenarios: Sequence[Scenario]) -> str:
    """What to do with several findings in one experiment; nothing if there is one at most, with what-ifs on it."""
    if not several(scenarios):
        return ""
    return "A difference between two findings says nothing of the forces: hold each against its own counterfactual (missing-sim failings does)."


def _differing(result: Findings) -> dict[str, Lever]:
    """Every value in which a scenario differs from the baseline, by its path."""
    found: dict[str, Lever] = {}
    base, *others = result.plan.scenarios
    for other in others:
        if any(one.path not in found and one.path not in NOT_OF_THE_RUN for one in differences(base, other)):
            found |= {one.path: one for one in levers(base, other)}
    return found


def limits(result: Findings) -> list[str]:
    """How far the model reaches."""
    follow_up = f"{result.plan.baseline.run.run_on_days:,g} days"
    return [
        "It is a model of a system: no record of a person goes in, and no score for a person comes out.",
        "Measures marked model-only rest on what nobody can observe, such as true harm or exploitation not yet known to anyone. "
        "Those marked comparable can be held against local data.",
        "No inspection or study published how often each failing happens. The sizes of failings are assumptions with stated ranges; "
        "a sensitivity analysis shows which of them matter.",
        "Being located is not success by itself: a child who returns before any action counts in the hours exposed, not as located by police.",
        "More search costs officer hours and shortens exposure. The two conflict by design, and the model does not weigh one against the other.",
        f"Episodes are followed for {follow_up} after the measured period. {_still_open(result) if isinstance(result, Result) else ''}".strip(),
        *(f"{label} is not measured. {reason}" for id, (label, reason) in NOT_YIELDED.items() if id == "X5"),
        "Ethnicity is left out: too many published records have none, and values would be guesses.",
    ]


def _still_open(result: Result) -> str:
    """How many episodes were cut off by the end of follow-up."""
    names = quoted(result)
    rows = [row for row in rows_in(result.measures) if row["measure"] == "N.still_missing"]
    told = [f"{number(row['estimate'], 1)} under {names[row['scenario']]}" for row in rows if not isnan(row["estimate"])]
    if all(row["estimate"] == 0 for row in rows):
        return "No child of the measured episodes was still missing then."
    return f"Episodes still open then, on average: {', '.join(told)}. Their hours up to then are counted."
