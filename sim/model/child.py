"""A child who may go missing: enters the simulated population, goes missing, comes back, and leaves at 18.

The rate of going missing is base for the home group x frailty x hour and weekday x recency x exploitation, lowered by protection and by a reason
that was learned
and addressed. It is inverted piece by piece against a unit exponential, the unspent part of which carries over when the rate changes.
"""

from __future__ import annotations

from math import exp, sqrt

from . import clock, exploitation, luck
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .trace import note
from .words import NEVER, NOBODY, Reason, State
from .world import Parameters, World

KEYS = 1 << 20
"""Room for the children of one home group; entrants are numbered from the middle, so that adding a child to start with renames nobody."""
YOUNGEST_AT_ENTRY = 10.0
OLDEST_AT_ENTRY = 17.0


@rule
def new_child(w: World, p: Parameters, t: float, home: int, key: int, at_start: bool) -> int:
    """Enter a child with its traits. At the start, ages and states are drawn as in a population that has always been there."""
    c = w.now.children
    w.now.children += 1
    child = w.children[c]
    world = p.world
    child.key = key
    child.home = home
    child.entered = t
    u = uniform(w, Decision.ENTRY_AGE, key, 0)
    youngest = YOUNGEST_AT_ENTRY
    span = OLDEST_AT_ENTRY - youngest
    stay = 18.0 - youngest
    if at_start:
        last = 18.0 - OLDEST_AT_ENTRY
        entry = 18.0 - sqrt(stay * stay - u * (stay * stay - last * last))
        age = entry + uniform(w, Decision.AGE_SO_FAR, key, 0) * (18.0 - entry)
    else:
        age = youngest + u * span
    child.born = t - age * clock.YEAR
    child.out_of_area = uniform(w, Decision.OUT_OF_AREA, key, 0) < p.area.out_of_area_share[home]
    child.vulnerability = luck.normal(uniform(w, Decision.VULNERABILITY, key, 0))
    held = uniform(w, Decision.VULNERABILITY_HELD, key, 0)
    child.vulnerability_social = held < world.vulnerability_held_share[home]
    child.vulnerability_standard = child.vulnerability_social
    u = uniform(w, Decision.REASON, key, 0)
    mix = world.reason_mix
    child.reason = Reason.PUSH if u < mix[0] else (Reason.PULL if u < mix[0] + mix[1] else Reason.EXPLOITATION)
    spread = world.frailty_spread[home]
    child.frailty = exp(spread * luck.normal(uniform(w, Decision.FRAILTY, key, 0)) - 0.5 * spread * spread)
    child.findability = luck.quantile(w.findability, uniform(w, Decision.FINDABILITY, key, 0))
    child.leaving_left = luck.exponential(uniform(w, Decision.LEAVING, key, 1))
    child.leaving_updated = t
    child.year_starts = t
    state = State.NONE
    if at_start:
        u = uniform(w, Decision.STATE_AT_START, key, 0)
        lift = sqrt(min(child.frailty, 5.0))
        if u < world.exploited_at_start[home] * lift:
            state = State.EXPLOITED
        elif u < (world.exploited_at_start[home] + world.groomed_at_start[home]) * lift:
            state = State.GROOMED
    exploitation.state_becomes(w, p, c, t, state)
    schedule(w, child.born + 18.0 * clock.YEAR, Event.AGED_OUT, c, 0)
    retime_leaving(w, p, c, t)
    return c


@rule
def entered(w: World, p: Parameters, home: int, number: int, t: float) -> None:
    """A new child of this home group may go missing from now on; the next one will follow."""
    new_child(w, p, t, home, home * KEYS + KEYS // 2 + number, False)
    w.now.entrants += 1
    next_entry(w, p, t, home, number + 1)


@rule
def next_entry(w: World, p: Parameters, t: float, home: int, number: int) -> None:
    """Schedule the next child of this home group, at the rate that keeps the group's size."""
    children = p.area.children[home]
    if children == 0:
        return
    mean_stay = (18.0 - 0.5 * (YOUNGEST_AT_ENTRY + OLDEST_AT_ENTRY)) * clock.YEAR
    gap = luck.exponential(uniform(w, Decision.ENTRY_GAP, home * KEYS + KEYS // 2 + number, 0)) * mean_stay / children
    schedule(w, t + gap, Event.ENTERED, home, number)


@rule
def constant_rate(w: World, p: Parameters, c: int, t: float) -> float:
    """The rate of going missing per hour at `t`, without recency and the hour of the week."""
    child = w.children[c]
    world = p.world
    rate = world.leaving_per_year[child.home] / clock.YEAR * child.frailty
    if child.state == State.EXPLOITED:
        rate *= world.exploited_leaving_factor
    elif child.state == State.GROOMED:
        rate *= world.groomed_leaving_factor
    if child.protected_until > t:
        rate *= 1.0 - world.protection_against_leaving
    if child.addressed_until > t:
        rate *= 1.0 - world.reason_addressed_effect
    return rate


@rule
def recency(w: World, p: Parameters, c: int, t: float) -> float:
    """How much a recent return raises the rate: high for 7 days, raised until 28, more after being brought back by police."""
    child = w.children[c]
    if t < child.returned + 168.0:
        factor = p.world.recency_first_week
    elif t < child.returned + 672.0:
        factor = p.world.recency_first_month
    else:
        return 1.0
    return 1.0 + (factor - 1.0) * (p.world.brought_back_factor if child.brought_back else 1.0)


@rule
def next_change(w: World, c: int, t: float) -> float:
    """When the rate will next change by the passing of time alone."""
    child = w.children[c]
    change = NEVER
    week = child.returned + 168.0
    month = child.returned + 672.0
    if week > t:
        change = week
    elif month > t:
        change = month
    if child.protected_until > t:
        change = min(change, child.protected_until)
    if child.addressed_until > t:
        change = min(change, child.addressed_until)
    return change


@rule
def spend(w: World, p: Parameters, c: int, t: float) -> None:
    """Use up the threshold for the time at home since it was last brought up to date."""
    child = w.children[c]
    at = child.leaving_updated
    while at < t:
        until = min(next_change(w, c, at), t)
        rate = constant_rate(w, p, c, at) * recency(w, p, c, at)
        child.leaving_left -= rate * (clock.profile(w.leaving_week, until) - clock.profile(w.leaving_week, at))
        at = until
    child.leaving_updated = t


@rule
def retime_leaving(w: World, p: Parameters, c: int, t: float) -> None:
    """Say when the child goes missing next if nothing but time changes. The caller has spent the threshold up to `t`."""
    child = w.children[c]
    child.leaving_version += 1
    if child.missing:
        return
    left = max(child.leaving_left, 0.0)
    at = t
    end = child.born + 18.0 * clock.YEAR
    while at < end:
        until = next_change(w, c, at)
        rate = constant_rate(w, p, c, at) * recency(w, p, c, at)
        if rate > 0.0:
            start = clock.profile(w.leaving_week, at)
            leaves = max(clock.profile_inverse(w.leaving_week, start + left / rate), at)
            if leaves <= until:
                if leaves < end:
                    schedule(w, leaves, Event.LEFT, c, child.leaving_version)
                return
            left -= rate * (clock.profile(w.leaving_week, until) - start)
        at = until


@rule
def changed(w: World, p: Parameters, c: int, t: float) -> None:
    """Protection or a learned reason is about to change for this child. Call `spend` before the change and this after it."""
    child = w.children[c]
    if child.gone != NEVER:
        return
    if not child.missing:
        retime_leaving(w, p, c, t)
    exploitation.retime(w, p, c, t)


@rule
def settle(w: World, p: Parameters, c: int, t: float) -> None:
    """Bring a child's threshold up to date before something that its rate depends on changes."""
    if not w.children[c].missing:
        spend(w, p, c, t)


@rule
def over_limit(w: World, p: Parameters, c: int, t: float) -> bool:
    """Has the child gone missing as often this year as the model allows? Then it waits for the next year to begin."""
    child = w.children[c]
    while t >= child.year_starts + clock.YEAR:
        child.year_starts += clock.YEAR
        child.year_count = 0
    if child.year_count < p.world.episodes_a_year_limit:
        child.year_count += 1
        return False
    child.leaving_version += 1
    schedule(w, child.year_starts + clock.YEAR, Event.LEFT, c, child.leaving_version)
    return True


@rule
def state_changed(w: World, p: Parameters, c: int, version: int, t: float) -> bool:
    """The true state moves, and the rate of going missing with it. False if the event was superseded."""
    child = w.children[c]
    if version != child.state_version or child.gone != NEVER:
        return False
    settle(w, p, c, t)
    exploitation.move(w, p, c, t)
    if not child.missing:
        retime_leaving(w, p, c, t)
    return True


@rule
def aged_out(w: World, p: Parameters, c: int, t: float) -> None:
    """The child turns 18 and leaves the simulated population; an open episode runs to its end."""
    child = w.children[c]
    exploitation.leave_network(w, c)
    child.gone = t
    child.leaving_version += 1
    child.state_version += 1
    note(w, t, Event.AGED_OUT, c, NOBODY)
