"""Which cases go into a pack. One that was graded too high and one that was rightly graded low always do: with only under-graded cases a pack would
teach to grade everything high."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ...scenario.errors import Problem, ScenarioError
from ..numbers import listed

ALWAYS = ("correctly-low", "over-graded")


def selection(asked: Sequence[str] | None, known: Sequence[str]) -> tuple[list[str], list[str]]:
    """The types of case in the order in which they were asked for, and what to say of those that were added; None asks for all.

    Raises ScenarioError for a type that is not known, with the nearest that is.
    """
    if asked is None:
        return list(known), []
    cases = list(dict.fromkeys(one.strip().lower().replace(" ", "-").replace("_", "-") for one in asked))
    problems = [_unknown(one, known) for one in cases if one not in known]
    if not cases:
        problems = [Problem("", None, "--cases", "names no case", f"allowed: {listed(list(known))}")]
    if problems:
        raise ScenarioError(problems)
    added = [one for one in ALWAYS if one not in cases and one in known]
    if not added:
        return cases, []
    word = "was" if len(added) == 1 else "were"
    return [*cases, *added], [f"{listed(added)} {word} added: a pack that shows mistakes one way alone would teach to grade the other way."]


def _unknown(name: str, known: Sequence[str]) -> Problem:
    near = [one for one in known if name and one.startswith(name)] or difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {listed(list(known))}"
    return Problem("", None, "--cases", f'"{name}" is no type of case', hint)
