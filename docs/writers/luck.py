"""The page of luck: every decision that luck has a part in, with its key."""

from __future__ import annotations

from sim.model.luck import FAMILY, Decision

FAMILIES = {
    0: ("A child, drawn once", "child", "0"),
    1: ("A change of a child's true state", "child", "how many changes there were before"),
    2: ("An episode", "child", "which of the child's episodes"),
    3: ("A return home interview", "child", "the first episode that it covers (0: the child's own)"),
    4: ("A police action or review within an episode", "child", "episode x 4096 + number of the action"),
    5: ("Another incident", "incident", "0"),
    6: ("A case of social care", "child, or another family", "the episode that led to it"),
}


def luck() -> str:
    """Every decision that luck has a part in, with the number that is its key."""
    lines = [
        "# Luck",
        "",
        "Made by `python -m docs.write_reference`; do not edit by hand.",
        "",
        "A uniform is a word of Philox4x64-10 with key (seed, replication) and counter (block, entity, occurrence, 0). The number of a decision says",
        "which block (number / 4, plus 1) and which word of it (the remainder). Numbers are never changed, so a new decision changes no draw.",
    ]
    for family, (title, entity, occurrence) in FAMILIES.items():
        lines += ["", f"## {title}", "", f"Entity: {entity}. Occurrence: {occurrence}.", "", "| Number | Decision |", "|---|---|"]
        lines += [f"| {int(d)} | {d.name.lower().replace('_', ' ')} |" for d in Decision if d // FAMILY == family]
    return "\n".join(lines) + "\n"
