"""Decisions that are set from outside, for one episode: the same child and the same night, decided in another way.

A rule asks here at the very place where the decision is taken. With nothing set, what it says is what happens; luck is drawn all the same and is
that of the other branch.
"""

from __future__ import annotations

from .rule import rule
from .words import AS_IT_HAPPENS
from .world import World


@rule
def is_set(w: World, e: int, order: int) -> bool:
    """Is this decision (a field of `w.order`) set for episode `e`?"""
    return e == w.order.episode and order != AS_IT_HAPPENS


@rule
def decided(w: World, e: int, order: int, as_it_happens: bool) -> bool:
    """A decision of episode `e`, yes or no: the one that is set, or else what happens without."""
    if is_set(w, e, order):
        return order > 0
    return as_it_happens


@rule
def graded(w: World, e: int, as_it_happens: int) -> int:
    """The grade of episode `e`: the one that is set, or else the one given without."""
    if is_set(w, e, w.order.grade):
        return w.order.grade
    return as_it_happens
