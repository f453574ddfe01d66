"""Which room's corner tells, draws and writes each kind of findings.

A comparison has a page of its own. Every other kind has a module here with `text(findings)`, what a terminal shows, and `exhibits(findings)`, its
figures each with message, summary and table; they are put on one page by `exhibit_page`. A module may also have `title(findings)`, the title of
that page, and `caveats(findings)`, what to know before using it; without them, what holds for every kind is said.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from ..experiment.comparison import Result
from ..experiment.findings import Findings
from . import notes
from .exhibit import Exhibit, alone
from .provenance import line, titles

MODULES = {
    "calibrate": "points",
    "choose": "choice",
    "explain": "explain",
    "failings": "failings",
    "frontier": "frontier",
    "morris": "morris",
    "sobol": "sobol",
    "sweep": "sweep",
    "tornado": "tornado",
    "validate": "validation",
}
"""The module of each kind but comparisons."""

TITLES = {
    "calibrate": "Simulated years against published figures",
    "morris": "Which values matter, and which do not",
    "sobol": "Which values the variance comes from",
    "sweep": "What changes as a lever moves",
    "tornado": "What each value does by itself",
    "validate": "Check against published figures",
}
"""What the reports of a kind are called."""


def _module(findings: Findings) -> Any:
    return import_module(f".{MODULES[findings.kind]}", __package__)


def text(findings: Findings) -> str:
    """What a terminal shows."""
    if isinstance(findings, Result):
        from .terminal import headline_table, single_table

        return headline_table(findings) if len(findings.names) > 1 else single_table(findings)
    told: str = _module(findings).text(findings)
    return told


def figure(findings: Findings) -> Any:
    """The (first) figure of the findings, as a Plotly figure that stands by itself."""
    if isinstance(findings, Result):
        from . import figures

        return figures.figure(findings)
    return alone(exhibits(findings)[0], line(findings))


def exhibits(findings: Findings) -> list[Exhibit]:
    """Every figure with its message, summary and table; a comparison's are on its own page."""
    shown: list[Exhibit] = _module(findings).exhibits(findings)
    return shown


def title(findings: Findings) -> str:
    """What was done with which scenario, as the title of a report."""
    if isinstance(findings, Result):
        from . import page

        return page.title(findings)
    own = getattr(_module(findings), "title", None)
    return str(own(findings)) if own else f"{TITLES.get(findings.kind, findings.kind.capitalize())}: {titles(findings)[findings.names[0]]}"


def answers(findings: Findings) -> list[str]:
    """What was found, a sentence for each scenario that was compared or for each exhibit."""
    if isinstance(findings, Result):
        from .answer import answer

        return [answer(findings, name) for name in findings.names[1:]] or [answer(findings)]
    return [f"{one.message.rstrip('.')}." for one in exhibits(findings)]


def caveats(findings: Findings) -> list[str]:
    """The two or three things that matter most before the findings are used."""
    if isinstance(findings, Result):
        return notes.caveats(findings)
    found: list[str] = getattr(_module(findings), "caveats", notes.caveats)(findings)
    return found


def write(findings: Findings, path: str | Path, written: date | None = None) -> Path:
    """Write the report to `path`: one HTML file that needs no network. Raises OSError; a file that was there before is then as it was."""
    from . import exhibit_page, page

    return page.write(findings, path, written) if isinstance(findings, Result) else exhibit_page.write(findings, path, written)
