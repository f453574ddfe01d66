"""What was known, in words, each with its source. Only what someone had in front of them at that hour; nothing that was learned later."""

from __future__ import annotations

from .clock_words import clock_text, hours_text, time_of_day
from .exercise import Known
from .held import Held

CARERS = ("Parent or carer", "Foster carer", "Staff of the children's home", "Support worker")
A_CARER = ("A parent or carer", "A foster carer", "A member of staff of the children's home", "A support worker")
HOMES = ("home", "their foster home", "their children's home", "their supported accommodation")


class Teller:
    """Makes items of knowledge of one case, which was reported at hour `reported`."""

    def __init__(self, held: Held, left: float, reported: float, graded: float, endorsed: float) -> None:
        self.held = held
        self.left, self.reported, self.graded, self.endorsed = left, reported, graded, endorsed

    def item(self, t: float, source: str, text: str) -> Known:
        """One item, known from hour `t` of the run on."""
        return Known(round(t - self.reported, 4), clock_text(t, self.reported), source, text)

    @property
    def carer(self) -> str:
        """Who reports."""
        return CARERS[self.held.home]

    def at_the_call(self) -> list[Known]:
        """What the call-taker has."""
        h, t = self.held, self.reported
        since = f"{time_of_day(self.left)}, {hours_text(t - self.left)} before this call"
        found = [self.item(t, f"{self.carer}, by telephone", f"A child aged {h.age} is missing from {HOMES[h.home]}, last seen at {since}.")]
        if h.informant_heard:
            found.append(self.item(t, f"{self.carer}, by telephone", concern(h)))
        if h.call_checks:
            found += [self.item(self.graded, "Police systems, looked at during the call", text) for text in systems(h)]
        else:
            found.append(self.item(self.graded, "Call log", "Police systems have not been looked at during the call."))
        board = f"Response units on duty: {h.units}, of which busy: {h.units_busy}. Tasks waiting for them: {h.waiting}."
        found.append(self.item(self.graded, "Control-room board", board))
        return found

    def by_the_inspector(self) -> list[Known]:
        """What the inspector adds."""
        h, t = self.held, self.endorsed
        found = []
        if h.inspector_checks and not h.call_checks:
            found += [self.item(t, "Inspector, on police systems", text) for text in systems(h)]
        if h.social_worker_asked:
            found += [self.item(t, "Social worker, by telephone", text) for text in social(h)]
        if not h.reassessed:
            found.append(self.item(t, "Inspector", "The call-taker's assessment is passed on; nothing was added to it."))
        return found or [self.item(t, "Inspector", "The call was looked at again; nothing new was found.")]


def concern(h: Held) -> str:
    """How worried the carer is this time, and why, without a scene."""
    if h.concern >= 1.0:
        return "The carer is very worried: what led up to this is unlike other times, and the child was upset."
    if h.concern >= 0.3:
        return "The carer is more worried than at other times."
    if h.concern > -0.5:
        return "The carer knows of nothing unusual about this time."
    return "The carer expects the child back soon and asks only that the report is noted."


def systems(h: Held) -> list[str]:
    """What police systems hold."""
    many = "No earlier episodes are" if h.recorded == 0 else "One earlier episode is" if h.recorded == 1 else f"{h.recorded} earlier episodes are"
    found = [f"{many} on record in the last 90 days."]
    if h.flag_police is not None:
        found.append(f"A flag for possible exploitation was put on record {days_ago(h.flag_police)}.")
    if h.vulnerability_police:
        found.append("A vulnerability is on record.")
    return found if len(found) > 1 else [*found, "No flag and no vulnerability is on record."]


def social(h: Held) -> list[str]:
    """What children's services hold."""
    found = []
    if h.flag_social is not None:
        found.append(f"Children's services have noted a concern about exploitation, {days_ago(h.flag_social)}.")
    if h.vulnerability_social:
        found.append("Children's services know of a vulnerability of this child.")
    return found or ["Children's services hold nothing that adds to this."]


def days_ago(days: int) -> str:
    """3 days ago."""
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
