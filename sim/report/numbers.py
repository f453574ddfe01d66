"""Numbers as a reader should see them: no more digits than the interval supports, commas in thousands, "15 to 20" for a range."""

from __future__ import annotations

from math import floor, isnan, log10

MOST_DECIMALS = 4
LEAST = -12
"""Fewer decimals than any number has: no wish for more."""
MINUS = "\N{MINUS SIGN}"


def decimals(half_width: float, size: float = 0.0) -> int:
    """How many decimals a number with this uncertainty deserves; below 0 it is rounded to tens, hundreds.

    One digit of the half-width is shown, or two if it begins with 1, so that rounding never moves an end by much. Where there is no
    interval, or one without width, `size` gets three digits.
    """
    if half_width > 0 and not isnan(half_width):
        scale = floor(log10(half_width))
        return min(-scale + (1 if half_width / 10.0**scale < 1.95 else 0), MOST_DECIMALS)
    if size == 0 or isnan(size):
        return 0
    return min(max(2 - floor(log10(abs(size))), 0), MOST_DECIMALS)


def places_for(estimate: float, low: float, high: float) -> int:
    """Decimals for an estimate with its interval. An end that is not 0 is not shown as 0 where that would hide on which side of 0 it lies."""
    places = decimals(0.5 * (high - low), estimate)
    if low > 0 or high < 0:
        while places < MOST_DECIMALS and round(min(abs(low), abs(high)), places) == 0:
            places += 1
    return places


def number(value: float, places: int, sign: bool = False) -> str:
    """1,234.5 with a true minus sign; with `sign`, a plus as well. 0 has no sign. Empty values read "not measured"."""
    if isnan(value):
        return "not measured"
    rounded = round(value, places)
    text = f"{abs(rounded):,.{max(places, 0)}f}"
    if rounded == 0:
        return text
    return (MINUS if rounded < 0 else "+" if sign else "") + text


def percent(share: float) -> str:
    """A share in whole per cent, as a rule; one that is not none and not all is never shown as 0% or 100%."""
    if 0 < share < 0.005 or 0.995 <= share < 1:
        return f"{number(100 * share, 1)}%" if 0.0005 <= share < 0.9995 else ("under 0.1%" if share < 0.5 else "over 99.9%")
    return f"{number(100 * share, 0)}%"


def span(low: float, high: float, places: int, sign: bool = False, unit_sign: str = "") -> str:
    """A range in words: 15 to 20, or £15 to £20."""
    return f"{unit_sign}{number(low, places, sign)} to {unit_sign}{number(high, places, sign)}"


def with_interval(estimate: float, low: float, high: float, sign: bool = False, at_least: int = LEAST) -> str:
    """An estimate with its interval in brackets, without them where there is no interval, or where every replication gave the same."""
    if isnan(estimate):
        return number(estimate, 0)
    places = max(places_for(estimate, low, high), at_least)
    text = number(estimate, places, sign)
    return text if isnan(low) or low == high else f"{text} ({span(low, high, places, sign)})"


def counted(n: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 replication, 20 replications."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """Words in a row: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


NUMERALS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelled(n: int) -> str:
    """Small numbers in words, as they stand in a sentence."""
    return NUMERALS[n] if 0 <= n < len(NUMERALS) else f"{n:,}"
