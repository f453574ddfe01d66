"""What an explanation says, in sentences computed from it: which cause makes how much of a difference, and for which measures it comes first."""

from __future__ import annotations

from math import isnan

from ..experiment.attribution import Explanation, told
from ..outcomes.catalogue import MEASURES
from ..outcomes.interval import mean_interval
from .numbers import listed, number, places_for, span, spelled
from .phrases import capital, is_clear, low_first
from .provenance import quoted
from .rows import Row
from .rows import rows as rows_in
from .sentence import EMPTY, ONE_RUN, SAME, in_words, said
from .units import POINTS, wording

NAMED_UP_TO = 3
"""So many causes are named in a sentence; the others are added up."""


def shares_of(found: Explanation, measure: str) -> list[Row]:
    """The shares of one measure, the largest in the direction of the total first."""
    side = -1.0 if total_of(found, measure)["estimate"] < 0 else 1.0
    those = [row for row in rows_in(found.shares) if row["measure"] == measure]
    return sorted(those, key=lambda row: -side * row["estimate"] if not isnan(row["estimate"]) else 0.0)


def total_of(found: Explanation, measure: str) -> Row:
    """The difference that is split."""
    return next(row for row in rows_in(found.totals) if row["measure"] == measure)


def less(found: Explanation) -> str:
    """Whose difference it is: the second scenario less the first."""
    a, b = (quoted(found)[name] for name in (found.a.name, found.b.name))
    return f"{b} less {a}"


def message(found: Explanation, measure: str) -> str:
    """The title of a measure's waterfall."""
    total, label = total_of(found, measure), MEASURES[measure].label
    verdict = said(total)
    if verdict == EMPTY:
        return f"{label}: there was nothing to measure it on"
    if verdict == ONE_RUN:
        return f"{label}: the difference of one replication, without intervals"
    if verdict == SAME:
        return f"{label} is the same in every replication, so there is nothing to split"
    if not is_clear(total):
        return f"{label}: no difference stands out from chance"
    shares, first = shares_of(found, measure), found.leading(measure)
    named = [row["title"] for row in shares if row["lever"] in first]
    if not first:
        return f"{label}: no single cause of the difference stands out from chance"
    if len(first) == 1:
        return _of_one(shares[0], total, low_first(label))
    if len(first) <= NAMED_UP_TO:
        return f"The largest parts of the difference in {low_first(label)} are due to {listed(named)}, which cannot be told apart"
    return f"The difference in {low_first(label)} has {spelled(len(first))} causes of which none stands out as the largest"


def _of_one(share: Row, total: Row, label: str) -> str:
    """One cause comes first, clearly."""
    part = share["estimate"] / total["estimate"]
    of = f"{_size(share, total)} of {amount(total)}"
    if part > 1:
        return f"More than the whole difference in {label} is due to {share['title']}: {_size(share, total)} against {amount(total)}"
    how_much = "Most" if part > 0.5 else "The largest part"
    return f"{how_much} of the difference in {label} is due to {share['title']}: {of}"


def _size(row: Row, total: Row) -> str:
    """A share without its unit, to as many digits as the total has."""
    sign = wording(MEASURES[row["measure"]]).sign
    return f"{sign}{number(abs(row['estimate']), places_for(total['estimate'], total['low'], total['high']))}"


def amount(row: Row) -> str:
    """The size of a difference in its unit, without a side: 0.93 hours, 5.9 percentage points."""
    words, text = wording(MEASURES[row["measure"]]), number(abs(row["estimate"]), places_for(row["estimate"], row["low"], row["high"]))
    return f"{text} {POINTS}" if words.unit == "%" else words.amount(text)


def summary(found: Explanation, measure: str) -> str:
    """Two sentences that stand for a measure's waterfall: the difference, and what it is made of."""
    total = total_of(found, measure)
    name = f"{MEASURES[measure].label}, {less(found)}"
    if said(total) == EMPTY:
        return f"{name}: {EMPTY} in any replication. There is nothing to split."
    return f"{name}: {in_words(total)}. {parts(found, measure)}"


def parts(found: Explanation, measure: str) -> str:
    """Of the 0.93 hours, 0.58 (0.57 to 0.59) are due to grades too low ...; working the other way: ...; the others together."""
    total, shares = total_of(found, measure), shares_of(found, measure)
    if not is_clear(total):
        return "Its parts are those of a difference that may be none." if said(total) != SAME else "There is nothing to split."
    side = 1.0 if total["estimate"] > 0 else -1.0
    clear = [row for row in shares if is_clear(row)]
    along = [row for row in clear if side * row["estimate"] > 0][:NAMED_UP_TO]
    against = [row for row in clear if side * row["estimate"] < 0]
    against = against[::-1][:NAMED_UP_TO]
    pieces = [f"Of the {amount(total)}, {_due(along)}"]
    if against:
        pieces.append(f"working the other way: {listed([row['title'] + ', ' + _with_interval(row) for row in against])}")
    named = {row["lever"] for row in (*along, *against)}
    rest = [row for row in shares if row["lever"] not in named]
    if rest:
        pieces.append(_rest(together(found, measure, rest), side, len(rest)))
    return "; ".join(pieces) + "."


def _due(along: list[Row]) -> str:
    """The named parts: 0.58 (0.57 to 0.59) are due to grades too low and 0.35 (0.34 to 0.36) due to activity overnight."""
    if not along:
        return "no part stands out from chance"
    first, *others = along
    return listed([f"{_with_interval(first)} are due to {first['title']}", *(f"{_with_interval(row)} due to {row['title']}" for row in others)])


def together(found: Explanation, measure: str, shares: list[Row]) -> Row:
    """Some shares added up."""
    chosen = {row["lever"] for row in shares}
    places = [place for place, cause in enumerate(found.causes) if cause.id in chosen]
    given = found.by_replication(measure)
    whole = mean_interval(given[places].sum(axis=0), draws=found.draws_of(range(given.shape[1])))
    return {"measure": measure, "estimate": whole.estimate, "low": whole.low, "high": whole.high, "n": whole.n}


def _rest(row: Row, side: float, count: int) -> str:
    """What the causes that are not named come to together, counted in the direction of the total."""
    what = "the other one makes" if count == 1 else f"the other {spelled(count)} together make"
    if row["low"] == row["high"] == 0:
        return f"{what} no difference"
    held, (low, high) = places_for(row["estimate"], row["low"], row["high"]), sorted((side * row["low"], side * row["high"]))
    return f"{what} {number(side * row['estimate'], held)} ({span(low, high, held)})"


def _with_interval(row: Row) -> str:
    """The size of a clear share with its interval: 0.58 (0.57 to 0.59)."""
    sign, held = wording(MEASURES[row["measure"]]).sign, places_for(row["estimate"], row["low"], row["high"])
    near, far = sorted((abs(row["low"]), abs(row["high"])))
    text = f"{sign}{number(abs(row['estimate']), held)}"
    return text if near == far else f"{text} ({span(near, far, held, unit_sign=sign)})"


def firsts(found: Explanation) -> dict[str, list[str]]:
    """For each cause that makes the largest part of a difference by itself, the measures of which it does; the one with most measures first."""
    held: dict[str, list[str]] = {}
    for measure in found.measures:
        first = found.leading(measure)
        if len(first) == 1:
            held.setdefault(first[0], []).append(measure)
    return dict(sorted(held.items(), key=lambda item: -len(item[1])))


def clear_measures(found: Explanation) -> list[str]:
    """The measures whose difference stands out from chance."""
    return [measure for measure in found.measures if told(found.total(measure))]


def overview_message(found: Explanation) -> str:
    """The title of the overview: in how many measures which cause comes first, and in how many none does by itself."""
    clear, held = clear_measures(found), firsts(found)
    titles = {cause.id: cause.title for cause in found.causes}
    if found.replications < 2:
        return "One replication: shares without intervals"
    if all(isnan(found.total(measure).estimate) for measure in found.measures):
        return "Too little was simulated to measure any difference"
    if not clear:
        return "No difference in any measure stands out from chance, so nothing is explained"
    if not held:
        return f"Of {_measures(len(clear))} that {_differ(len(clear))}, in none does a single cause make the largest part"
    parts = [f"{titles[id]} in {spelled(len(measures))}" for id, measures in held.items()]
    named = parts if len(parts) <= NAMED_UP_TO + 1 else [*parts[:NAMED_UP_TO], f"other causes in {spelled(_rest_of(held))}"]
    lead = f"Of {_measures(len(clear))} that {_differ(len(clear))}, the largest part is due to {listed(named)}"
    open_ = len(clear) - sum(map(len, held.values()))
    return f"{lead}; of the other{'' if open_ == 1 else f' {spelled(open_)}'} no single largest part can be told" if open_ else lead


def _rest_of(held: dict[str, list[str]]) -> int:
    return sum(len(measures) for measures in list(held.values())[NAMED_UP_TO:])


def _measures(n: int) -> str:
    return f"{spelled(n)} measure{'' if n == 1 else 's'}"


def _differ(n: int) -> str:
    return "differs" if n == 1 else "differ"


def overview_summary(found: Explanation) -> str:
    """For which measures each cause makes the largest part, and for which none does by itself."""
    titles = {cause.id: cause.title for cause in found.causes}
    held, clear = firsts(found), clear_measures(found)
    first = "; ".join(f"{titles[id]}: {listed([low_first(MEASURES[one].label) for one in measures])}" for id, measures in held.items())
    taken = {one for measures in held.values() for one in measures}
    open_, unclear = [one for one in clear if one not in taken], [one for one in found.measures if one not in clear]
    rest = [f"causes that cannot be told apart: {_labels(open_)}"] if open_ else []
    rest += [f"no clear difference: {_labels(unclear)}"] if unclear else []
    lead = f"The largest part is due to {first}." if first else "No cause by itself makes the largest part of a difference."
    return f"{lead} {capital('; '.join(rest))}." if rest else lead


def _labels(measures: list[str]) -> str:
    return listed([low_first(MEASURES[one].label) for one in measures])


def how_split(found: Explanation) -> str:
    """How many combinations were simulated, and what a share is."""
    count = len(found.causes)
    if found.orders is None:
        way = f"Every replication went through all {2**count:,} combinations of the {spelled(count)} causes."
    else:
        each, seen = len(found.orders[0]), len(found.combinations)
        of = f"all {seen:,} combinations were" if seen == 2**count else f"{seen:,} of {2**count:,} combinations were"
        orders = "one order" if each == 1 else f"{spelled(each)} orders"
        way = f"Every replication switched the {spelled(count)} causes in {orders} dealt by chance; in all replications together {of} simulated."
    return f"{way} A share is what a cause adds on average over the orders in which the causes may be switched (Shapley value)."
