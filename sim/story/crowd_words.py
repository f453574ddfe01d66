"""What a crowd of pairs says, in sentences: how often there is no difference, how often better, how often worse, and how rare the cases are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .pair import MEASURES

if TYPE_CHECKING:
    from .crowd import Crowd

WARNING = "Better and worse are counted by how this child fared. Sooner action by police is no gain by itself, and others may wait for it."
LUCK = "Intervals are over simulated areas and show luck alone, not what is unknown about the model's values."
SAME_IN_ALL = "In these pairs how the child fared hardly hung on this decision. That is an answer too."
HARDLY = 0.95
"""Share of pairs without a difference from which that is said."""


def sentences(crowd: Crowd) -> tuple[str, ...]:
    """The message first, then the shares, the measure that moves most often, rarity and caveats."""
    n, kind = len(crowd.pairs), crowd.type
    same, better, worse, mixed = (f"{round(n * share):,}" for share in (crowd.no_difference, crowd.better, crowd.worse, crowd.mixed))
    first = f"In {same} of {n:,} such pairs the changed decision made no difference to how the child fared."
    shares = f"In {better} something became better and nothing worse; in {worse} the other way round; in {mixed} some of each."
    if crowd.no_difference >= HARDLY:
        shares = f"{shares} {SAME_IN_ALL}"
    of_child = {one.id for one in MEASURES if one.of_child}
    told = [one for one in crowd.spreads if one.measure in of_child]
    moved = max(told, key=lambda one: one.better + one.worse)
    most = f"What differs most often for the child: {moved.label[0].lower()}{moved.label[1:]}. {moved.words}"
    others = crowd.spreads[-1]
    waited = f"{others.label}: {others.words[0].lower()}{others.words[1:]}"
    areas = len(set(crowd.areas))
    where = "one simulated area" if areas == 1 else f"{areas:,} simulated areas"
    changed = f"In each pair one decision was changed: {crowd.changed}."
    rare = f"{changed} {crowd.matched:,} of {crowd.of:,} episodes in {where} matched this type; {n:,} pairs were drawn from them."
    shown = " Times and grade are those of the child's next episode, in which the decision shows." if kind.of_next else ""
    return first, shares, most + shown, waited, rare, WARNING, LUCK
