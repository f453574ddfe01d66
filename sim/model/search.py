"""The search for one child: raw effort builds up while tasks run, and the child is found when what counts of it reaches the episode's threshold.

What counts of raw effort is find_rate x findability x ln(1 + raw / search_fade_hours): places get used up. No rule here reads the grade: it acts
only through
which tasks run, and when. No rate in evidence separates fading from differences between children; both are assumptions with a range.
"""

from __future__ import annotations

from math import exp

from . import clock, luck
from .agenda import schedule
from .events import Event
from .luck import Decision, uniform
from .rule import rule
from .words import NEVER, NOBODY, Progress, Work
from .world import Parameters, World


@rule
def raw_needed(w: World, p: Parameters, e: int) -> float:
    """The raw effort at which this child would be found, in desk hours by day."""
    episode = w.episodes[e]
    child = w.children[episode.child]
    rate = p.world.find_rate * child.findability
    if rate <= 0.0:
        return NEVER
    threshold = luck.exponential(uniform(w, Decision.SEARCH, child.key, episode.occurrence))
    if threshold > 50.0 * rate:
        return NEVER
    return p.world.search_fade_hours * (exp(threshold / rate) - 1.0)


@rule
def task_effort(w: World, p: Parameters, task: int) -> float:
    """Raw effort per hour of one task: a desk enquiry is 1, a field visit field_to_desk_ratio, what does not run 0."""
    if task == NOBODY or w.tasks[task].progress != Progress.RUNNING:
        return 0.0
    return p.world.field_to_desk_ratio if w.tasks[task].work == Work.FIELD_VISIT else 1.0


@rule
def effort_rate(w: World, p: Parameters, t: float, e: int) -> float:
    """Raw effort per hour of the tasks that run now, by the conditions when the last of them began or ended."""
    episode = w.episodes[e]
    rate = task_effort(w, p, episode.desk_task) + task_effort(w, p, episode.field_task)
    if clock.is_night(t, p.resources.night_starts, p.resources.night_ends):
        rate *= p.world.night_search_factor
    if episode.plan_read:
        rate *= p.world.trigger_plan_factor
    return rate


@rule
def runs_until(w: World, task: int) -> float:
    """When a running task will end; 0 for one that does not run."""
    if task == NOBODY or w.tasks[task].progress != Progress.RUNNING:
        return 0.0
    return w.tasks[task].started + w.tasks[task].hours


@rule
def in_the_field(w: World, e: int) -> bool:
    """Is a field visit of this episode running?"""
    episode = w.episodes[e]
    return task_runs_outside(w, episode.desk_task) or task_runs_outside(w, episode.field_task)


@rule
def task_runs_outside(w: World, task: int) -> bool:
    """Is this task a field visit that runs?"""
    return task != NOBODY and w.tasks[task].progress == Progress.RUNNING and w.tasks[task].work == Work.FIELD_VISIT


@rule
def accrue(w: World, p: Parameters, t: float, e: int) -> None:
    """Bring effort and hours of activity up to `t`."""
    episode = w.episodes[e]
    hours = t - episode.raw_updated
    if hours > 0.0 and episode.raw_rate > 0.0:
        episode.raw += hours * episode.raw_rate
        episode.active_hours += hours
        episode.night_active_hours += night_hours(p, episode.raw_updated, t)
    episode.raw_updated = t


@rule
def night_hours(p: Parameters, start: float, end: float) -> float:
    """Hours of police night between two moments."""
    starts = p.resources.night_starts
    ends = p.resources.night_ends
    return clock.weighted(end, starts, ends, 2.0) - clock.weighted(start, starts, ends, 2.0) - (end - start)


@rule
def changed(w: World, p: Parameters, t: float, e: int) -> None:
    """A task of this episode has started or ended: settle what was done, and say when the child would be found if it goes on like this."""
    accrue(w, p, t, e)
    episode = w.episodes[e]
    episode.find_version += 1
    episode.raw_rate = effort_rate(w, p, t, e)
    if episode.raw_rate <= 0.0:
        return
    found = t + max(raw_needed(w, p, e) - episode.raw, 0.0) / episode.raw_rate
    if found <= max(runs_until(w, episode.desk_task), runs_until(w, episode.field_task)):
        schedule(w, found, Event.FOUND, e, episode.find_version)
