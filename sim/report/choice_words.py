"""What is said of a choice, in sentences computed from its tables: which option is best, how surely, and what would help most to know."""

from __future__ import annotations

from ..experiment.choice import ALIKE, ALL, THEME, UNKNOWN, Choice
from ..experiment.options import FEWEST
from ..experiment.unknowns import AS_STATED
from ..outcomes.catalogue import MEASURES
from .factor import called as called_path
from .numbers import counted, decimals, listed, number, places_for, span, spelled
from .phrases import capital, low_first, quote, unit_of
from .provenance import period, quoted
from .recording import PLAIN, RECORDS
from .rows import Row
from .rows import rows as rows_in
from .units import wording

NAMED_UP_TO = 2
"""Of more options a sentence says how many there are."""
NAMED = 3
"""So many other unknowns are named in a sentence."""
TOTALS = ("child-hours", "h", "£")
"""Units of what is summed over the measured period, where the measure is no mean."""


def of(found: Choice, about: str) -> list[Row]:
    """What it is worth to know, of one kind, most first; none if there are too few draws."""
    return [row for row in rows_in(found.information) if row["about"] == about] if found.enough else []


def whole(found: Choice) -> Row:
    """What it is worth to know everything."""
    return of(found, ALL)[0]


def options(found: Choice) -> list[Row]:
    """The options, best on average first."""
    return rows_in(found.options)


def between(found: Choice) -> str:
    """To choose between A and B; among the five options."""
    names = list(quoted(found).values())
    return f"between {names[0]} and {names[1]}" if len(names) <= NAMED_UP_TO else f"among the {spelled(len(names))} options"


def is_total(found: Choice) -> bool:
    """Is what is chosen by summed over the measured period?"""
    known = MEASURES[found.measure]
    return known.unit in TOTALS and (known.unit != "h" or known.group == "Workload and cost")


def unit(found: Choice) -> str:
    """The unit of what is lost, saying whether other measures are weighed in."""
    words = unit_of(found.measure)
    return words if len(found.weights) == 1 else f"weighed {words}"


def amount(found: Choice, value: float, places: int) -> str:
    """1,200 child-hours a year; £1,200 in 40 days; 1.2 percentage points."""
    sign = wording(MEASURES[found.measure]).sign if len(found.weights) == 1 else ""
    over = "" if not is_total(found) else " a year" if period(found) == "one year" else f" in {period(found)}"
    text = number(value, places)
    return f"{sign}{text}{over}" if sign else f"{text} {unit(found)}{over}"


def worth(found: Choice, row: Row) -> str:
    """The value of a row as an amount, to the places that its error supports."""
    return amount(found, row["value"], decimals(row["error"], row["value"]))


def gains(found: Choice, row: Row) -> str:
    """What knowing it would do, on average: save 120 child-hours a year; improve time to first field action by 0.4 hours."""
    if is_total(found):
        return f"save {worth(found, row)} on average"
    return f"improve {low_first(MEASURES[found.measure].label)} by {worth(found, row)} on average"


def weighed(found: Choice) -> str:
    """What was weighed, as a sentence."""
    first, *others = found.weights
    known = MEASURES[first]
    if not others:
        return f"Options are chosen by one measure: {low_first(known.label)} ({first}; {known.direction})."
    labels = [f"{low_first(MEASURES[one].label)} ({one}; {MEASURES[one].direction})" for one in found.weights]
    parts = [f"one of {other} ({unit_of(other)}) counts as {found.weights[other]:,.6g}" for other in others]
    return f"Weighed together: {listed(labels)}. {capital(listed(parts))} of {first} ({unit_of(first)})."


def called(name: str) -> str:
    """An unknown or a theme in a sentence."""
    path = name.removesuffix(AS_STATED)
    return called_path(path) + (", as the finding is encoded" if name != path else "")


def described(found: Choice, name: str) -> str:
    """What an unknown is, as the schema says it or in plainer words; what a theme holds."""
    path = name.removesuffix(AS_STATED)
    section, _, key = path.partition(".")
    if not key:
        return listed([called(one) for one in found.unknowns.of_theme(name)])
    return PLAIN.get(path) or type(getattr(found.plan.baseline, section)).model_fields[key].description or called_path(path)


def what(found: Choice, name: str) -> str:
    """The same within a sentence."""
    words = described(found, name)
    return words if words.startswith("how ") else f"the {words}"


def record(name: str) -> str:
    """What a force could record to learn an unknown; empty where that is not worked out."""
    return RECORDS.get(name.removesuffix(AS_STATED), "")


def share(part: float) -> str:
    """A share of draws: 86%, every draw."""
    return "every draw" if part == 1 else "no draw" if part == 0 else f"{number(100 * part, 0)}% of draws"


def told(found: Choice, about: str) -> list[Row]:
    """What stands out from chance, most first."""
    return [row for row in of(found, about) if row["told"]]


def message(found: Choice) -> str:
    """What would help most to know: an unknown, or else a theme as a whole, or nothing."""
    if not found.enough:
        return f"Too few draws to say what would help to know: {len(found.numbers)}, and it takes {FEWEST}"
    head, single, theme = f"To choose {between(found)}, it would help most to know", told(found, UNKNOWN)[:1], told(found, THEME)[:1]
    if single:
        name, others = single[0]["name"], _most_of_others(found, single[0]["name"])
        most = number(others, decimals(whole(found)["error"], others))
        beside = f"nothing else by itself would be worth more than {most}"
        if others > single[0]["value"]:
            beside = f"chance could hide up to {most} of any other"
        return f"{head} {what(found, name)} ({called(name)}): knowing it would {gains(found, single[0])}; {beside}"
    if theme:
        about = theme[0]["name"]
        return f"{head} all about {about}: that would {gains(found, theme[0])}; no single unknown stands out from chance"
    best = options(found)[0]
    if found.hidden:
        on_average = f"{quote(best['title'])} is best on average, and draws differ by no more than luck"
        return f"Luck hides whether any unknown would change the choice: {on_average}"
    if best["best"] == 1:
        return f"No unknown would change the choice: {quote(best['title'])} is best in every draw"
    return (
        f"No single unknown stands out from chance: {quote(best['title'])} is best in {share(best['best'])}, "
        f"and knowing everything would {gains(found, whole(found))}"
    )


def _most_of_others(found: Choice, name: str) -> float:
    """The most that any other unknown may be worth: what it is, or what chance could hide."""
    return max((max(row["value"], row["noise"]) for row in of(found, UNKNOWN) if row["name"] != name), default=0.0)


def summary(found: Choice) -> str:
    """What to record, what else stands out, and what all of it would be worth."""
    all_, count = whole(found), counted(len(found.numbers), "draw")
    if all_["value"] == 0 and found.hidden:
        return f"Over {count}, nothing is left of how the options differ once luck is taken out. More replications, or a larger area, may show more."
    if all_["value"] == 0:
        return f"The best option stays the best in each of {count}, luck taken out. There is nothing to learn first."
    error = number(all_["error"], decimals(all_["error"]))
    single, theme = told(found, UNKNOWN), told(found, THEME)
    if not single and not theme:
        return f"What everything is worth has a standard error of {error}, over {count}. More replications let smaller values stand out from chance."
    first = _first(single) if single else _first_of_theme(found, theme[0]["name"])
    return (
        f"{first}Knowing everything that is unknown would {gains(found, all_)} (standard error {error}, over {count}); what single unknowns are "
        "worth need not add up to that."
    )


def _first(those: list[Row]) -> str:
    """What to record for the first of those that stand out, and which others do."""
    words, others = record(those[0]["name"]), [called(row["name"]) for row in those[1:]]
    way = f"A force can learn it by recording {words}. " if words else "What to record in order to learn it is not worked out here. "
    if not others:
        return way
    named = listed(others) if len(others) <= NAMED else f"{listed(others[:NAMED])}, and {spelled(len(others) - NAMED)} more"
    return f"{way}What else stands out from chance: {named}. "


def _first_of_theme(found: Choice, theme: str) -> str:
    """What to record for the unknowns of a theme."""
    words = list(dict.fromkeys(filter(None, (record(name) for name in found.unknowns.of_theme(theme)))))
    return f"A force can begin by recording {'; '.join(words[:NAMED])}. " if words else ""


def theme_message(found: Choice) -> str:
    """Which theme would help most to know."""
    first = told(found, THEME)[:1]
    if not first:
        return "No theme as a whole stands out from chance"
    return f"All that is unknown about {called(first[0]['name'])} together: knowing it would {gains(found, first[0])}"


def theme_summary(found: Choice) -> str:
    """The themes that stand out, with what they hold."""
    those = told(found, THEME)
    if not those:
        return "What is unknown about a theme, all of it together, is not worth more than chance alone could show."
    parts = [f"{called(row['name'])} ({worth(found, row)})" for row in those[:4]]
    what = described(found, those[0]["name"])
    return f"Above what chance alone reaches: {listed(parts)}. Unknown values about {called(those[0]['name'])}: {what}."


def ranks_message(found: Choice) -> str:
    """Which option is best on average, and how often."""
    best, second = options(found)[:2]
    if best["rank"] == second["rank"]:
        return f"{quote(best['title'])} and {quote(second['title'])} are equally good on average"
    if found.hidden:
        return f"{quote(best['title'])} is best on average; luck hides in how many draws"
    return f"{quote(best['title'])} is best on average, and in {share(best['best'])}"


def placed(row: Row) -> str:
    """From which rank to which an option comes in 90% of draws."""
    return f"{row['rank_low']}" if row["rank_low"] == row["rank_high"] else f"{row['rank_low']} to {row['rank_high']}"


def ranks_summary(found: Choice) -> str:
    """How much worse the others are on average."""
    these = options(found)
    parts = [_against(found, row) for row in these[1:4]]
    if found.hidden:
        parts.append("Where luck hides how draws differ, the rank on average stands for each of them")
    elif len(these) > NAMED_UP_TO:
        moving = sum(row["rank_high"] - row["rank_low"] > 1 for row in these)
        stay = "stays" if len(these) - moving == 1 else "stay"
        parts.append(f"In 90% of draws {spelled(len(these) - moving)} of {counted(len(these), 'option')} {stay} within two neighbouring ranks")
    return f"{'. '.join(parts)}. {weighed(found)}"


def _against(found: Choice, row: Row) -> str:
    """How much an option loses against the best, on average and over the draws."""
    low, high = row["draw_low"], row["draw_high"]
    if is_alike(row):
        low, high = row["low"], row["high"]
        places = places_for(row["estimate"], low, high)
        over = f" (95% interval {span(low, high, places)})"
        return f"{quote(row['title'])} is worse by {amount(found, row['estimate'], places)} on average{over}"
    places = places_for(row["estimate"], low, high)
    either = low < 0 < high
    over = f"from {number(-low, places)} better to {number(high, places)} worse" if either else f"by {span(low, high, places)}"
    return f"{quote(row['title'])} is worse by {amount(found, row['estimate'], places)} on average, and in 90% of draws {over}"


def is_alike(row: Row) -> bool:
    """Is nothing left of how an option differs over the draws, once luck is taken out?"""
    return bool(row["draw_high"] - row["draw_low"] <= ALIKE * abs(row["estimate"]))
