"""Words that stand on every door: what the app is, what the data are, and what they may not be used for."""

from __future__ import annotations

from ..report.notes import SYNTHETIC

NAME = "missing-sim"
WHAT = (
    "A simulation of how police and children's social care respond when children go missing. Use it to compare ways of working, to train, and to see "
    "what a result hangs on."
)
CONTENT = (
    "These pages deal with children going missing and the possibility of sexual or criminal exploitation. They hold no images or descriptions of "
    "abuse. Children cannot consent to their own abuse: responsibility lies with those who exploit them."
)
NEVER = "It takes no record of a person, and gives no score for one. Do not enter names or details of real children, families or officers."
DOORS = {
    "plan": ("Plan", "Enter your area, choose ways of working, and compare them: what changes, for whom, at what cost, and how sure that is."),
    "train": ("Train", "Work through one simulated case, decision by decision, or make a training pack that opens from a USB stick."),
    "analyse": ("Analyse", "Move values through their ranges, and see which of them a result hangs on; or see what each combination of posts buys."),
}
AREAS = {
    "small-force": "Small force (about 1,500 reports a year)",
    "county": "County (about 4,000 reports a year)",
    "london": "London (about 30,000 reports a year)",
}
EARLIER = "What is chosen above has changed since. What stands below answers the earlier choice; press {} for the new one."
KINDS = {"baseline": "", "practice": "a way of working", "finding": "a published finding", "failing": "one failing"}

__all__ = ["AREAS", "CONTENT", "DOORS", "EARLIER", "KINDS", "NAME", "NEVER", "SYNTHETIC", "WHAT"]
