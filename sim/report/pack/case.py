"""One exercise made ready for its pages: its number, its stages in order, what is new at each decision, and every line that can be looked up."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import crowd
from .strip import reach, strip

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of a code: no vowels, so that no word is spelled."""
LAYERS = ("What followed from your decisions", "The same child, another decision", "Many pairs, not one story", "Who else waited")


@dataclass(frozen=True)
class Case:
    """An exercise (as the story room gives it, as plain JSON) and its place in the pack."""

    number: int
    exercise: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The name of its page, which must not tell a learner what kind of case it is."""
        return f"{self.key}.html"

    @property
    def key(self) -> str:
        return f"case-{self.number}"

    @property
    def title(self) -> str:
        """What a learner sees: its number in this pack and when it begins."""
        words = re.sub(r"^case \d+\W*", "", str(self.exercise["learner_title"]), flags=re.IGNORECASE)
        return f"Case {self.number}, {words}" if words else f"Case {self.number}"

    @cached_property
    def code(self) -> str:
        """Four letters that let a learner's page go on to what followed."""
        digest = hashlib.sha256(json.dumps([self.key, self.exercise["provenance"], self.exercise["id"]]).encode()).digest()
        return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:4])

    @property
    def lock(self) -> int:
        """The code as the page holds it: 32-bit FNV-1a, so that reading the page does not give the code away at a glance. It is no secret."""
        value = 2166136261
        for letter in self.code.encode():
            value = (value ^ letter) * 16777619 % 2**32
        return value

    @property
    def kind(self) -> str:
        """What kind of case it is, in a few words: for facilitators only."""
        return str(self.exercise["title"]).split(": ")[0]

    @property
    def happened(self) -> str:
        """The choices as they happened, as the script reads them."""
        return json.dumps(self.exercise["as_happened"]["choices"], sort_keys=True)

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The decisions, each with what is new since the one before, what was known already, and what arrives while the clock runs up to it. What
        arrives after the last belongs to what followed, and is in its timeline."""
        found: list[dict[str, Any]] = []
        seen: list[tuple[Any, ...]] = []
        since = float("-inf")
        for place, point in enumerate(self.exercise["points"], 1):
            at = float(point["at"])
            arrives = [one for one in self.exercise["injects"] if since < float(one["at"]) <= at]
            known = {_sameness(one): one for one in sorted([*point["known"], *arrives], key=lambda one: float(one["at"]))}
            fresh = [one for key, one in known.items() if key not in seen]
            before = [one for key, one in known.items() if key in seen]
            labels = {option["id"]: str(option["label"]) for option in point["options"]}
            happened = labels.get(point["as_happened"], str(point["as_happened"]))
            found.append({**point, "happened": happened, "number": place, "fresh": fresh, "before": before, "arrives": arrives if place > 1 else []})
            seen += known
            since = at
        return found

    @property
    def cards(self) -> list[dict[str, Any]]:
        """What is handed out on paper after the first card, in order: each piece of information once, and each decision."""
        found: list[dict[str, Any]] = []
        for point in self.points:
            found += [{**one, "kind": "inject"} for one in point["fresh"]]
            found.append({**point, "kind": "decision"})
        return found

    @property
    def stages(self) -> list[tuple[str, str]]:
        """Every stage of the exercise as a key and what a facilitator reads."""
        found = [("brief", "Before we start")]
        for point in self.points:
            if point["number"] > 1:
                found.append((f"run-{point['number']}", f"The clock runs to decision {point['number']}"))
            found.append((f"point-{point['number']}", f"Decision {point['number']}: {point['heading']}"))
        found += [("wait", "All decisions are made"), *((f"layer-{n}", f"Reveal {n}: {words}") for n, words in enumerate(LAYERS, 1))]
        return [*found, ("debrief", "Debrief")]

    @cached_property
    def pair(self) -> list[dict[str, Any]]:
        """As it happened and its twin, on one scale."""
        lines = [self.exercise["as_happened"], self.exercise["twin"]]
        scale = reach([line["timeline"] for line in lines])
        return [
            {"name": name, "choices": self.chosen(line["choices"]), "timeline": line["timeline"], "strip": strip(line["timeline"], scale)}
            for name, line in zip(("As it happened", "The other decision"), lines, strict=True)
        ]

    @cached_property
    def paths(self) -> list[dict[str, Any]]:
        """Every line that was simulated, by its choices."""
        found = []
        for path in self.exercise["paths"]:
            line = path["timeline"]
            found.append({"choices": json.dumps(path["choices"], sort_keys=True), "timeline": line, "strip": strip(line, reach([line]))})
        return found

    @cached_property
    def shares(self) -> list[dict[str, str]]:
        return crowd.shares(self.exercise["crowd"])

    @cached_property
    def measures(self) -> list[dict[str, Any]]:
        return crowd.measures(self.exercise["crowd"])

    def chosen(self, choices: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Choices in words: the heading of the decision, and the label of the option."""
        found = []
        for point in self.exercise["points"]:
            if point["id"] in choices:
                labels = {option["id"]: str(option["label"]) for option in point["options"]}
                found.append((str(point["heading"]), labels.get(choices[point["id"]], str(choices[point["id"]]))))
        return found


def _sameness(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two pieces of information the same."""
    return float(item["at"]), str(item["source"]), str(item["text"])
