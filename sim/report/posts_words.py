"""What posts cost and what they buy, in sentences and as a table: for a comparison that was asked for some."""

from __future__ import annotations

from ..experiment.bought import SPENT
from ..experiment.comparison import Result
from ..experiment.post import HOURS_OF_ONE, PEOPLE_ROUND_THE_CLOCK
from ..outcomes.catalogue import HEADLINES, MEASURES
from .frontier_words import per_100k, pounds
from .numbers import number, spelled
from .phrases import capital, is_clear, low_first, unit_of
from .provenance import columns, quoted
from .rows import Row
from .rows import rows as rows_in
from .sentence import ONE_RUN, change, in_words, said, signed
from .table import Table, cells, tidy

ASSUMED = (
    f"Posts are paid for whether their hours are worked on missing children or not. A post on duty round the clock is taken to need "
    f"{PEOPLE_ROUND_THE_CLOCK:g} people, {HOURS_OF_ONE:,.0f} hours a year each (assumption)."
)


def sets(found: Result) -> dict[str, list[Row]]:
    """The rows of each set of posts, by the scenario that has them."""
    rows: dict[str, list[Row]] = {}
    for row in rows_in(found.bought) if found.request.get("posts") else []:
        rows.setdefault(str(row["scenario"]), []).append(row)
    return rows


def sentences(found: Result, most: int = len(HEADLINES)) -> list[str]:
    """For each set of posts what it costs and what it buys (so many measures are named), and what a post is taken to be; nothing without posts."""
    told = [f"{paid(found, rows)} {buys(rows, most)}" for rows in sets(found).values()]
    return [*told, ASSUMED] if told else []


def paid(found: Result, rows: list[Row]) -> str:
    """What the posts cost, and what the hours worked cost more or less."""
    first, spent = rows[0], next(row for row in rows if row["measure"] == SPENT)
    beside = quoted(found)[str(first["beside"])]
    who = f"{number(first['people'], 1)} people" if round(first["people"], 1) != 1 else "1 person"
    year = found.plan.baseline.resources.price_year
    price = f"{pounds(first['cost_a_year'])} a year for their capacity ({who}, prices of {year})"
    capacity = f"{capital(first['posts'])}, beside those of {beside}: {price}."
    return f"{capacity} The cost of hours worked on missing children is {_worked(spent)}."


def _worked(spent: Row) -> str:
    verdict = said(spent)
    if verdict == ONE_RUN:
        return f"{change(spent)} in one replication"
    return "the same" if spent["low"] == spent["high"] == 0 else change(spent)


def buys(rows: list[Row], most: int) -> str:
    """The headline measures that clearly change, each also for £100,000 a year."""
    those = [row for row in rows if row["measure"] != SPENT]
    clear = [row for row in those if is_clear(row)]
    if all(said(row) == ONE_RUN for row in those if row["estimate"] == row["estimate"]):
        return "One replication cannot say what they buy."
    if not clear:
        return "No headline measure clearly changes."
    told = [f"{low_first(MEASURES[row['measure']].label)}, {in_words(row)}, or {_for_pounds(row)} for each £100,000 a year" for row in clear[:most]]
    more = f"; and {spelled(len(clear) - most)} more clear changes" if len(clear) > most else ""
    rest = len(those) - len(clear)
    end = f" No clear change in the other {spelled(rest)}." if rest else ""
    return f"They buy: {'; '.join(told)}{more}.{end}"


def _for_pounds(row: Row) -> str:
    return per_100k(str(row["measure"]), row["per_100k"], row["per_100k_low"], row["per_100k_high"])


def table(found: Result) -> Table:
    """A row for each set of posts and headline measure."""
    rows = [row for those in sets(found).values() for row in those if row["measure"] != SPENT]
    body = []
    for row in rows:
        label, unit = MEASURES[row["measure"]].label, unit_of(str(row["measure"]))
        verdict = "no interval" if said(row) == ONE_RUN else said(row)
        body.append(cells(capital(row["posts"]), pounds(row["cost_a_year"]), label, unit, signed(row), verdict, _for_pounds(row)))
    header = ("Posts", "A year", "Measure", "Unit", "Difference", "Verdict", "For each £100,000 a year")
    return Table("posts", "What the posts cost and buy", header, body, frozenset({1, 4}), "posts.csv", tidy(rows, columns(found)))


