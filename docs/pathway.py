"""The path of one episode as a diagram, in SVG that needs no browser to be made."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

BLUE, PLUM, INK, PALE = "#12436D", "#801650", "#3D3D3D", "#EEF3F8"
WIDTH, HEIGHT, TALL = 150, 66, 470
ALT = "The path of one episode, from leaving to what was learned for the next episode"


class Box(NamedTuple):
    """A step: its title, what it says below, and where its upper left corner is."""

    title: str
    words: tuple[str, ...]
    x: int
    y: int


BOXES = {
    "leaves": Box("Child leaves", ("home, hour, last return,", "exploitation"), 20, 60),
    "reported": Box("Reported", ("after a delay, or never",), 200, 60),
    "graded": Box("Graded", ("call-taker, then inspector:", "on what they can see"), 380, 60),
    "searched": Box("Searched for", ("desk and field, by who is", "on duty"), 560, 60),
    "located": Box("Located", ("own return, another person,", "or police"), 740, 60),
    "reviewed": Box("Reviewed", ("at set times, at each", "change of shift"), 470, 180),
    "prevention": Box("Prevention interview", ("by police",), 740, 180),
    "return": Box("Return home interview", ("by the local authority",), 740, 290),
    "recorded": Box("Recorded, or not", ("flag, trigger plan,", "history"), 560, 290),
    "referred": Box("Referred, or not", ("MASH, then a social", "worker with room"), 740, 390),
    "protected": Box("Protection, disruption", ("for the child and for", "the network"), 560, 390),
}
ARROWS = (
    ("leaves", "reported"), ("reported", "graded"), ("graded", "searched"), ("searched", "located"), ("located", "prevention"),
    ("prevention", "return"), ("return", "recorded"), ("return", "referred"), ("referred", "protected"),
)  # fmt: skip


def pathway() -> str:
    """The diagram as SVG text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 910 {TALL}" role="img" aria-label="{ALT}" font-family="Arial, Helvetica, sans-serif">',
        f"<title>{ALT}</title>",
        f'<rect width="910" height="{TALL}" fill="#FFFFFF"/>',
        f'<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L10 5L0 10z" fill="{INK}"/></marker></defs>',
        f'<text x="20" y="30" font-size="15" font-weight="bold" fill="{INK}">One missing episode</text>',
    ]
    parts += [_line(*_ends(BOXES[a], BOXES[b])) for a, b in ARROWS]
    parts += [
        _path("M455 126 V150 H520 V180"), _path("M570 180 V150 H635 V126"),
        _path("M560 323 H420 V126"), _path("M560 423 H95 V126", PLUM),
        _text(160, 250, "what was recorded is seen at the next grade", INK),
        _text(110, 412, "protection lowers going missing and exploitation", PLUM),
    ]  # fmt: skip
    parts += [_box(box) for box in BOXES.values()]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ends(a: Box, b: Box) -> tuple[int, int, int, int]:
    """Where an arrow between two boxes begins and ends: side to side in a row, otherwise from below to above."""
    if a.y == b.y:
        return (a.x + WIDTH, a.y + 33, b.x, b.y + 33) if a.x < b.x else (a.x, a.y + 33, b.x + WIDTH, b.y + 33)
    return a.x + WIDTH // 2, a.y + HEIGHT, b.x + WIDTH // 2, b.y


def _line(x1: int, y1: int, x2: int, y2: int) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{INK}" stroke-width="1.5" marker-end="url(#tip)"/>'


def _path(d: str, colour: str = INK) -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="5 3" marker-end="url(#tip)"/>'


def _text(x: int, y: int, words: str, colour: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="{colour}">{escape(words)}</text>'


def _box(box: Box) -> str:
    words = enumerate(map(escape, box.words))
    lines = "".join(f'<text x="{box.x + 8}" y="{box.y + 38 + 15 * i}" font-size="11" fill="{INK}">{line}</text>' for i, line in words)
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="3" fill="{PALE}" stroke="{BLUE}" stroke-width="1.5"/>'
        f'<text x="{box.x + 8}" y="{box.y + 20}" font-size="12.5" font-weight="bold" fill="{BLUE}">{escape(box.title)}</text>{lines}'
    )
