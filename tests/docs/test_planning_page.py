"""The page for planners: its table of posts says what the model says."""

from __future__ import annotations

import re
from pathlib import Path

from sim.experiment.post import POSTS
from sim.scenario import load

PAGE = Path(__file__).parents[2] / "docs" / "planning.md"


def test_the_table_of_posts():
    """Hours, people and pounds a year of each post in the baseline."""
    resources = load("baseline").resources
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| ([\d,]*) ?\| ([\d.]+) \| ([\d,]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: (hours, people, pounds) for name, hours, people, pounds in rows}
    assert told == {
        name: (f"{post.hours(resources):,.0f}" if post.hours else "", f"{post.people(resources):.2g}", f"{post.cost(resources):,.0f}")
        for name, post in POSTS.items()
    }


def test_every_post_is_named_by_the_commands():
    """In the help of `frontier` and of `compare`."""
    from sim.cli import frontier, simulate

    for command in (frontier.frontier, simulate.compare):
        assert all(name in (command.__doc__ or "") for name in POSTS)
