"""The pages of a pack as text: rendered from templates, with one style sheet and one script for all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ... import __version__
from .case import LAYERS, Case
from .plan import plan
from .words import events, first_small, levels, sentence

ROOM = Path(__file__).parent
SCRIPTS = ("storage", "record", "files", "line", "clock", "decision", "between", "exercise", "controls", "desk", "start")
"""The parts of the script, in the order in which they need each other."""
LIMIT = 4000
"""Characters of free text that are kept of each answer."""


class Pages:
    """All the files of a pack by their names."""

    def __init__(self, exercises: Sequence[Mapping[str, Any]], provenance: str) -> None:
        self.cases = [Case(number, exercise) for number, exercise in enumerate(exercises, 1)]
        self.provenance = provenance

    @cached_property
    def mark(self) -> str:
        """What tells this pack from others: records that learners keep carry it."""
        held = json.dumps([dict(case.exercise) for case in self.cases], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256((self.provenance + held).encode()).hexdigest()[:12]

    def files(self) -> dict[str, str]:
        """Every file as text, by its path in the folder. Learners' pages carry the mark of the pack and not the scenario, whose name can tell what
        kind of case it is; whoever leads finds both on their pages."""
        first = self.cases[0].exercise
        shared = {
            "pack": self.mark,
            "synthetic": first["synthetic"],
            "content_note": first["content_note"],
            "cases": self.cases,
            "layers": LAYERS,
            "limit": LIMIT,
        }
        learners = {**shared, "provenance": f"Simulated data. missing-sim {__version__}, pack {self.mark}."}
        leaders = {**shared, "provenance": f"{self.provenance} Pack {self.mark}."}
        found = {name: self._page(name, **leaders) for name in ("facilitator.html", "notes.html")}
        found |= {name: self._page(name, **learners) for name in ("index.html", "injects.html")}
        for case in self.cases:
            found[case.file] = self._page("exercise.html", **learners, case=case, exercise=case.exercise)
        return {**found, "assets/pack.css": (ROOM / "assets/pack.css").read_text("utf-8"), "assets/pack.js": script()}

    def _page(self, name: str, **content: Any) -> str:
        template = self._environment.get_template(f"{name}.j2")
        return str(template.render(page=name.removesuffix(".html"), **content))

    @cached_property
    def _environment(self) -> Any:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        loader = FileSystemLoader(ROOM / "templates")
        found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        found.filters |= {"first_small": first_small, "levels": levels, "events": events, "sentence": sentence}
        found.globals |= {"plan": plan}
        return found


def script() -> str:
    """The one script: its parts in order. Each adds to the same object and leaves nothing else behind."""
    parts = [(ROOM / f"assets/{name}.js").read_text("utf-8") for name in SCRIPTS]
    return '"use strict";\n' + "\n".join(parts)
