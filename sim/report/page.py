"""The report: one HTML page that opens from a disk with no network. It is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ..experiment.comparison import Result
from ..experiment.findings import Findings
from ..scenario.scenario import Scenario
from . import answer, makeup, notes, posts_words, tables
from .charts import group_charts, headline_chart
from .levers import grounds, levers
from .loss import Losses, losses
from .numbers import counted, spelled
from .provenance import columns, facts, line, period, quoted, titles
from .rows import Row
from .rows import rows as rows_in
from .sentence import MARKS, SAME, amount, difference_sentence, digits, estimate_sentence, in_words, said
from .table import Table, tidy

TEMPLATES = Path(__file__).parent / "templates"
OPEN_UP_TO = 15
"""A table of levers with more rows than this starts folded."""


def write(result: Result, path: str | Path, written: date | None = None) -> Path:
    """Write the report of a result to `path`, and return it. Raises OSError if it cannot be written; a file that was there before is then as it
    was."""
    return whole(Path(path), page(result, written or date.today()))


def whole(target: Path, text: str) -> Path:
    """Write a text to a file, whole or not at all. Raises OSError with the name of the file."""
    if target.is_dir():
        raise IsADirectoryError(21, "is a folder; name a file", str(target))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            error.filename = str(target)
        raise
    return target


def page(result: Result, written: date) -> str:
    """The whole page as text."""
    content = single(result) if len(result.names) == 1 else comparison(result)
    return rendered("report.html.j2", **common(result, written), **content)


def rendered(template: str, **content: Any) -> str:
    """A page with the library that draws inside it. Raises jinja2.UndefinedError if the template asks for what is not given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from plotly.offline import get_plotlyjs

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**content, plotly=get_plotlyjs())


def frame(findings: Findings, written: date) -> dict[str, Any]:
    """What surrounds the findings on every page: what they are, what to know first, how far they reach, and how they were made."""
    return {
        "several": len(findings.names) > 1,
        "synthetic": notes.SYNTHETIC,
        "content_note": notes.CONTENT,
        "caveats": notes.caveats(findings),
        "notices": findings.notices,
        "provenance": line(findings),
        "facts": facts(findings, written),
        "limits": notes.limits(findings),
    }


def about(findings: Findings, scenarios: Iterable[Scenario]) -> list[dict[str, Any]]:
    """What scenarios say of themselves."""
    named = titles(findings)
    return [{"name": one.name, "title": named[one.name], "about": one.about, "grounds": grounds(one)} for one in scenarios]


def common(result: Result, written: date) -> dict[str, Any]:
    """What every comparison and every run holds."""
    return {
        **frame(result, written),
        "one_run": result.replications < 2,
        "title": title(result),
        "period": period(result),
        "price_year": result.plan.baseline.resources.price_year,
        "headline_tables": tables.headline_tables(result),
        "at_risk_tables": tables.at_risk_tables(result),
        "every_table": tables.every_table(result),
        "downloads": _downloads(result),
        "headline_chart": headline_chart(result),
        "made_up": {"words": makeup.makeup(result), "table": makeup.table(result)} if result.drawn is not None and result.replications > 1 else None,
        "posts": {"sentences": posts_words.sentences(result), "table": posts_words.table(result)} if result.request.get("posts") else None,
        "about": about(result, result.plan.scenarios),
    }


def title(result: Result) -> str:
    """The title of the report: who is compared with whom."""
    named = titles(result)
    baseline, others = named[result.names[0]], [named[name] for name in result.names[1:]]
    if not others:
        return baseline
    compared = others[0] if len(others) == 1 else f"{spelled(len(others)).capitalize()} scenarios"
    return f"{compared}, compared with {baseline}"


def single(result: Result) -> dict[str, Any]:
    """What the report of one scenario holds."""
    name = result.names[0]
    costs = [row for row in rows_in(result.measures) if row["measure"].split(".")[0] == "W8"]
    return {
        "answers": [answer.answer(result)],
        "findings": [{"title": "", "items": [_item(row, amount(row)) for row in answer.estimates_of(result, name)]}],
        "where": [{"title": "", "charts": group_charts(result, name, "1")}],
        "costs": [{"title": "", "total": estimate_sentence(costs[0]), "roles": [estimate_sentence(row) for row in costs[1:]]}],
        "losing": [],
        "lever_sets": [],
    }


def comparison(result: Result) -> dict[str, Any]:
    """What the report of several scenarios holds: the same parts for each that is compared with the baseline."""
    parts = [_compared(result, place) for place in range(1, len(result.names))]
    return {key: [part[key] for part in parts] for key in ("answers", "findings", "where", "costs", "losing", "lever_sets")}


def _compared(result: Result, place: int) -> dict[str, Any]:
    """What the report says of one scenario and the baseline."""
    name = result.names[place]
    title = "" if len(result.names) == 2 else titles(result)[name]
    return {**compared(result, place), "where": {"title": title, "charts": group_charts(result, name, str(place))}}


def compared(result: Result, place: int) -> dict[str, Any]:
    """The same without its figures."""
    named, base, name, key = titles(result), result.names[0], result.names[place], str(place)
    title = "" if len(result.names) == 2 else named[name]
    held = {row["measure"]: row for row in rows_in(result.measures) if row["scenario"] == name}
    before = next(row for row in rows_in(result.measures) if row["scenario"] == base and row["measure"] == "W8")
    total, *roles = [row for row in rows_in(result.differences) if row["scenario"] == name and row["measure"].split(".")[0] == "W8"]
    from_to = f"From {amount(before, digits(total))} to {amount(held['W8'], digits(total))}."
    found = levers(result.plan.baseline, result.plan.scenarios[place])
    caption = f"What differs: {named[base]} and {named[name]}"
    return {
        "answers": answer.answer(result, name),
        "findings": {"title": title, "items": [_difference_item(row, held[row["measure"]]["note"]) for row in answer.rows_of(result, name)]},
        "costs": {"title": title, "total": f"{difference_sentence(total)} {from_to}", "roles": [difference_sentence(row) for row in roles]},
        "losing": {"title": title, **_losing(result, name, losses(result, name), key)},
        "lever_sets": {
            "title": title,
            "table": tables.lever_table(result, found, named[base], named[name], f"levers-{key}", caption),
            "open": len(found) <= OPEN_UP_TO,
            "count": counted(len(found), "value"),
            "any": bool(found),
            "assumed": sum(one.assumed for one in found),
        },
    }


def _difference_item(row: Row, note: str) -> dict[str, str]:
    """A headline difference; where neither scenario had any of a rare outcome, that is said with its limit."""
    verdict = said(row)
    return _item(row, f"{in_words(row)}: {note}" if verdict == SAME and note else in_words(row), verdict)


def _item(row: Row, words: str, verdict: str = "") -> dict[str, str]:
    return {"label": str(row["label"]), "words": words, "mark": MARKS.get(verdict, ""), "kind": verdict.replace(" ", "-")}


def _losing(result: Result, name: str, found: Losses, key: str) -> dict[str, Any]:
    """Who loses under one scenario."""
    kinds = (
        ("Measures that are likely worse", found.measures, "losses"),
        ("Groups for whom a headline measure is likely worse, by care and by day or night", found.groups, "losses-groups"),
        (
            "Grades at which a headline measure is likely worse; other children are given each grade under another scenario",
            found.by_grade,
            "losses-grades",
        ),
        ("Gaps between groups of children that are likely wider", found.gaps, "losses-gaps"),
    )
    whose = "" if len(result.names) == 2 else f": {titles(result)[name]}"
    return {
        "scenario": quoted(result)[name],
        "none": found.none,
        "foremost": [difference_sentence(row) for row in found.foremost],
        "measures": len(found.measures),
        "compared": found.compared,
        "tables": [tables.loss_table(result, rows, f"{id}-{key}", f"{caption}{whose}") for caption, rows, id in kinds if rows],
    }


def _downloads(result: Result) -> list[Table]:
    """Everything as files: only their links are shown."""
    extra = columns(result)
    frames = [("measures", "All measures", result.measures), ("by-group", "Headline measures by group", result.splits)]
    if len(result.names) > 1:
        frames += [("differences", "All differences", result.differences), ("differences-by-group", "Differences by group", result.split_differences)]
    return [Table(id, caption, (), (), file=f"{id}.csv", data=tidy(rows_in(frame), extra)) for id, caption, frame in frames]
