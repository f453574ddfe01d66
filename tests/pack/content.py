"""Exercises written by hand in the shape in which `sim.story` gives them, so that pages can be tested without simulating anything."""

from __future__ import annotations

import itertools
from typing import Any

GRADES = [("no-apparent-risk", "No apparent risk"), ("low", "Low"), ("medium", "Medium"), ("high", "High")]
DAYS = ("Tuesday", "Wednesday", "Thursday", "Friday")
MEANING = {
    "no-apparent-risk": "No sign of harm to the child or the public. A latest time for a review is set.",
    "low": "Harm is possible but minimal. Enquiries are in proportion.",
    "medium": "Harm is likely but not serious. An active, measured response.",
    "high": "Serious harm is very likely. Officers are sent at once.",
}
SYNTHETIC = (
    "Every child, episode and result here is simulated from published averages and stated assumptions. No record of a real child was used. "
    "Results compare policies; they do not predict any child's risk and must not be used to grade a case."
)
CONTENT_NOTE = (
    "This exercise deals with children going missing and the possibility of sexual or criminal exploitation. It shows no images or "
    "descriptions of abuse. You may pause or leave at any time; your facilitator has support details."
)


def clock(at: float) -> str:
    """The clock so many hours after 21:20 on a Tuesday."""
    minutes = round((21 + 20 / 60 + at) * 60)
    return f"{DAYS[minutes // 1440]}, {minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _row(lane: str, at: float, text: str, until: float | None = None) -> dict[str, Any]:
    return {"lane": lane, "at": at, "until": until, "clock": clock(at), "text": text}


def timeline(grade: str, visit: bool, referred: bool) -> dict[str, Any]:
    """What follows from three decisions: earlier visits and earlier returns for higher grades."""
    wait = {"no-apparent-risk": 9.5, "low": 8.2, "medium": 2.1, "high": 0.5}[grade] if visit else 10.1
    back = wait + 5.4
    rows = [
        _row("child", -1.5, "Leaves; whereabouts not known", back),
        _row("information", 0.1, "The carer says that the child took no coat and no charger"),
        _row("grade", 0.3, f"Graded {dict(GRADES)[grade].lower()} by the call-taker"),
        _row("information", 1.4, "A flag for exploitation is found on a second system"),
        _row("police", 2.0, "Desk enquiries: telephone and earlier episodes", 2.7),
        _row("police", wait + 0.1, "Officers visit the home and search the room", wait + 1.6),
        _row("partner", wait + 2.0, "The social worker names two addresses"),
        _row("child", back, "The child is found by police at an address that the social worker named"),
        _row("police", back + 8, "Prevention interview, face to face", back + 8.7),
        *([_row("partner", back + 20, "Referral received by children's services")] if referred else []),
    ]
    night = min(8.7, back)
    bar = [
        {"from": -1.5, "until": 0.7, "level": 1, "words": "evening"},
        {"from": 0.7, "until": night, "level": 2, "words": "night"},
        {"from": night, "until": back, "level": 1, "words": "day"},
    ]
    return {
        "rows": rows,
        "exposure": {"hours": round(back + 1.5, 1), "bar": [part for part in bar if part["until"] > part["from"]]},
        "ends": {"at": back, "clock": clock(back), "words": "The child is found by police"},
        "later": [{"at": 240.0, "clock": "9 days later", "text": "The child goes missing again and is graded medium"}],
        "sums": [
            {"label": "Hours missing after the report", "value": f"{back:.1f} h"},
            {"label": "Time to the first field action", "value": f"{wait + 0.1:.1f} h"},
            {"label": "Harm in the episode", "value": "None in this simulated episode"},
        ],
    }


def points(happened: str) -> list[dict[str, Any]]:
    """Three decisions: the grade, whether officers go out, and the referral."""
    known = [
        {
            "at": 0.0,
            "clock": clock(0.0),
            "source": "Carer, by telephone",
            "text": "Aged 15. Expected at 20:00. Has been missing four times this year.",
        },
        {"at": 0.1, "clock": clock(0.1), "source": "Carer, by telephone", "text": "Took no coat and no charger. The telephone is off."},
    ]
    flag = {"at": 1.4, "clock": clock(1.4), "source": "Records system, desk officer", "text": "A flag for criminal exploitation, six weeks old."}
    home = {
        "at": 16.0,
        "clock": clock(16.0),
        "source": "Officer",
        "text": "The child is back, is tired, and does not want to say where the night was spent.",
    }
    binary = [{"id": "yes", "label": "Yes", "words": "Do it now."}, {"id": "no", "label": "No", "words": "Leave it for the day shift."}]
    return [
        {"id": "grade", "kind": "grade", "at": 0.3, "clock": clock(0.3), "heading": "The first grade", "known": known,
         "question": "Which grade do you give?",
         "options": [{"id": id, "label": label, "words": MEANING[id]} for id, label in GRADES], "as_happened": happened},
        {"id": "deploy", "kind": "deploy", "at": 1.6, "clock": clock(1.6), "heading": "Officers tonight", "known": [*known, flag],
         "question": "Do you send officers to the home tonight?", "options": binary, "as_happened": "no"},
        {"id": "referral", "kind": "referral", "at": 16.2, "clock": clock(16.2), "heading": "After the return", "known": [*known, flag, home],
         "question": "Do you refer the child to children's services?", "options": binary, "as_happened": "no"},
    ]  # fmt: skip


def measures() -> list[dict[str, Any]]:
    """Two measures, each with its spread."""
    edges = [-12, -8, -4, -0.5, 0.5, 4, 8]
    counts = [40, 61, 58, 790, 31, 20]
    bins = [{"low": low, "high": high, "count": n} for (low, high), n in zip(itertools.pairwise(edges), counts, strict=True)]
    words = "With the higher grade the child was back 1.2 hours earlier on average (95% interval 0.9 to 1.5 hours)."
    shares = {"no_difference": 0.79, "better": 0.159, "worse": 0.051}
    return [
        {"label": "Hours missing after the report", "unit": "hours", "mean": -1.2, "low": -1.5, "high": -0.9, **shares, "bins": bins, "words": words},
        {"label": "Time to first field action", "unit": "hours", "mean": -4.8, "low": -5.2, "high": -4.4, "no_difference": 0.31, "better": 0.62,
         "worse": 0.07, "bins": bins, "words": "Officers went out 4.8 hours earlier on average (95% interval 4.4 to 5.2 hours)."},
    ]  # fmt: skip


KINDS = {
    "under-graded-with-exploitation": ("Graded low although exploitation was on record", "low", "high"),
    "correctly-low": ("Correctly low, and back within hours", "low", "high"),
    "over-graded": ("Graded high while another child waited", "high", "low"),
}


def exercise(kind: str = "under-graded-with-exploitation", case: int = 1) -> dict[str, Any]:
    """One exercise as plain JSON."""
    title, happened, other = KINDS[kind]
    asked = points(happened)
    paths = [
        {"choices": {"grade": grade, "deploy": visit, "referral": referred}, "timeline": timeline(grade, visit == "yes", referred == "yes")}
        for (grade, _), visit, referred in itertools.product(GRADES, ("yes", "no"), ("yes", "no"))
    ]
    as_happened = {"grade": happened, "deploy": "no", "referral": "no"}
    twin = {"grade": other, "deploy": "yes", "referral": "no"}
    return {
        "id": kind, "title": title, "summary": f"{title}. The exploitation flag was held on a system that nobody opened before the first grade.",
        "learner_title": f"Case {case}, Tuesday evening", "type": kind, "type_words": f"{title}: one of the types that the pack teaches.",
        "rarity": {"matched": 37, "of": 1480, "words": "37 of 1,480 episodes in this simulated area matched this type."},
        "provenance": f"Simulated data. missing-sim 0.4.0, scenario baseline, seed 1, replication 3, {kind} case 4; one pair, no interval.",
        "content_note": CONTENT_NOTE, "synthetic": SYNTHETIC,
        "brief": ["A carer in a children's home reports a child missing at 21:20 on a Tuesday.", "The child was expected at 20:00.",
                  "You are the control-room inspector of a small simulated force."],
        "points": asked,
        "injects": [
            {"id": "inject-1", "at": 0.9, "clock": clock(0.9), "source": "Carer, by telephone",
             "text": "The carer has called three friends. Nobody has seen the child."},
            {"id": "inject-2", "at": 1.4, "clock": clock(1.4), "source": "Records system, desk officer",
             "text": "A flag for criminal exploitation, six weeks old."},
            {"id": "inject-3", "at": 8.7, "clock": clock(8.7), "source": "Control room", "text": "The night shift hands over to the day shift."},
        ],
        "paths": paths, "as_happened": {"choices": as_happened, "timeline": timeline(happened, False, False)},
        "twin": {"choices": twin, "timeline": timeline(other, True, False), "changed": "The first grade is high instead of low."},
        "differs": ["Officers visit the home 7.7 hours earlier, because a high grade does not wait for the day shift.",
                    "The social worker is asked during the night, and names two addresses."],
        "crowd": {"pairs": 1000, "words": ["Over 1,000 pairs the higher grade made no difference to the hours missing in 79%."],
                  "no_difference": 0.79,
                  "better": 0.159, "worse": 0.051, "measures": measures()},
        "waited": {"words": "While two officers were at the home, one other child waited longer.",
                   "rows": [{"who": "Another child, reported 22:10, graded medium", "what": "First field action",
                             "as_happened": "1.2 h", "twin": "3.0 h"}]},
        "debrief": ["What was known at 21:38, and what could have been known?", "What in the system made the first grade likely?",
                    "Which decision changed the outcome, and which did not?"],
        "hindsight": "What follows was not known to those who decided.",
    }  # fmt: skip


def three() -> list[dict[str, Any]]:
    """Three exercises, one of each kind."""
    return [exercise(kind, case) for case, kind in enumerate(KINDS, 1)]
