"""What a crowd of pairs says, in sentences: how often there is no difference, how often better, how often worse, and how rare the cases are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .pair import MEASURES

if TYPE_CHECKING:
    from .crowd import Crowd

WARNING = "Better and worse are counted by how this child fared. Sooner action by police is no gain by itself, and others may wait for it."
LUCK = "Intervals are over simulated areas and show luck alone, not what is unknown about the model's values."


def sentences(crowd: Crowd) -> tuple[str, ...]:
    """The message first, then the shares, the measure that moves most often, rarity and caveats."""
    n, kind = len(crowd.pairs), crowd.type
    same, better, worse, mixed = (round(100.0 * share) for share in (crowd.no_difference, crowd.better, crowd.worse, crowd.mixed))
    first = f"In {same} of 100 such pairs the changed decision made no difference to how the child fared."
    shares = f"In {better} of 100 something became better and nothing worse; in {worse} the other way round; in {mixed} some of each."
    told = [one for one, measure in zip(crowd.spreads, MEASURES, strict=True) if measure.of_child]
    moved = max(told, key=lambda one: one.better + one.worse)
    most = f"What differs most often for the child: {moved.label[0].lower()}{moved.label[1:]}. {moved.words}"
    others = crowd.spreads[-1]
    waited = f"{others.label}: {others.words[0].lower()}{others.words[1:]}"
    areas = len(set(crowd.areas))
    rare = f"{crowd.matched:,} of {crowd.of:,} episodes in {areas:,} simulated areas matched this type; {n:,} pairs were drawn from them."
    shown = " The times are those of the child's next episode, in which the decision shows." if kind.of_next else ""
    return first, shares, most + shown, waited, rare, WARNING, LUCK
