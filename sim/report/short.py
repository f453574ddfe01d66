"""Words that fit on paper: titles cut to a length, and characters that no paper can hold taken out.

A title may come from anyone's file. It may hold control characters, which a Word file cannot hold, or marks that turn the direction of what follows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from ..experiment.findings import Findings
from ..experiment.posts import in_words

NOT_ON_PAPER = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
"""Control characters, halves of characters, marks without width, and marks that change direction."""
TITLE, SEVERAL, NAME = 80, 48, 60
"""Letters of the title of a scenario on paper, of that where there are more than two, and of its name."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
F = TypeVar("F", bound=Findings)


def clean(text: str) -> str:
    """The text in one line, with nothing in it that cannot be shown."""
    return " ".join(NOT_ON_PAPER.sub(" ", str(text)).split())


def cut(text: str, most: int) -> str:
    """The cleaned text, if it is too long up to its last whole word and an ellipsis."""
    text = clean(text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    space = head.rfind(" ")
    return (head[:space] if space > most // 2 else head).rstrip(" ,;:.") + ELLIPSIS


def shortened(findings: F) -> F:
    """The same findings with names and titles that fit on paper. Names stay different from one another."""
    taken: set[str] = set()
    room = TITLE if len(findings.names) < 3 else SEVERAL
    request = dict(findings.request)
    sets = request["posts"] if isinstance(request.get("posts"), list) else []
    plus = {one["scenario"]: f" plus {in_words(one['added'])}" for one in sets}
    scenarios = []
    for scenario in findings.plan.scenarios:
        name = _once(cut(scenario.name, NAME) or "scenario", taken)
        more = plus.get(scenario.name, "")
        title = scenario.about.title.removesuffix(more)
        about = scenario.about.model_copy(update={"title": (cut(title, room) or name) + more})
        scenarios.append(scenario.model_copy(update={"name": name, "about": about}))
    renamed = dict(zip(findings.names, (one.name for one in scenarios), strict=True))
    if sets:
        request["posts"] = [one | {key: renamed[one[key]] for key in ("scenario", "beside")} for one in sets]
    return replace(findings, plan=replace(findings.plan, scenarios=tuple(scenarios)), request=request)


def _once(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name} ({number})", number + 1
    taken.add(found)
    return found
