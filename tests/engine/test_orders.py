"""A decision of one episode set from outside: the same on both engines, without effect where it is what happens anyway, and with no other luck."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.compiled import CompiledArea
from sim.engine.equality import areas_differ
from sim.engine.interpreted import Area
from sim.model.records import Order
from sim.model.words import NEVER, Grade, Located
from tests.engine.equality import parameters
from tests.model.small import ALWAYS_REPORTED, MUCH_EXPLOITATION, SMALL, Overrides

BUSY: Overrides = SMALL | ALWAYS_REPORTED | MUCH_EXPLOITATION | {"world.leaving_per_year": [6.0, 9.0, 20.0, 10.0]}
SPLIT, END = 40 * 24.0, 70 * 24.0


@pytest.fixture(scope="module")
def areas() -> tuple[Area, CompiledArea]:
    """Forty days on both engines. Branch, never run."""
    found = Area(parameters(BUSY), 11, 0, trace=True), CompiledArea(parameters(BUSY), 11, 0, trace=True)
    for area in found:
        area.run(SPLIT)
    return found


def branched(area, order: Order | None):
    branch = area.branch()
    if order is not None:
        branch.order(order)
    branch.run(END)
    return branch


def ungraded(area) -> int:
    """An episode that is graded, located and closed between SPLIT and END."""
    rows = branched(area, None).tables()["episodes"]
    calm = (rows["first_grade"] == Grade.MEDIUM) & (rows["call_grade"] == Grade.MEDIUM) & (rows["located_by"] == Located.OWN_RETURN)
    in_time = (rows["first_graded"] > SPLIT) & (rows["located"] > rows["reported"] + 6.0) & (rows["located"] < END - 240.0)
    return int(np.flatnonzero(calm & in_time)[0])


ORDERS = [{"grade": 3}, {"grade": 0}, {"grade": 3, "night": 1, "field": 0, "checked": 0}, {"prevention": 0, "offered": 0, "recorded": 0}]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_gives_the_same_bytes_on_both_engines(areas, order):
    """And other bytes than without it; what the branch came from has no order and stays as it was."""
    e = ungraded(areas[1])
    before = areas[1].tables()
    one, two = (branched(area, Order(e, **order)) for area in areas)
    assert areas_differ(one, two) is None
    assert areas_differ(two, branched(areas[1], None)) is not None
    assert all(before[name].tobytes() == rows.tobytes() for name, rows in areas[1].tables().items())


def test_an_order_that_says_what_happens_changes_nothing(areas):
    """To the byte, in tables and trace, for many episodes one after the other."""
    plain = branched(areas[1], None)
    rows = plain.tables()["episodes"]
    sought = np.flatnonzero((rows["first_graded"] > SPLIT) & (rows["first_grade"] >= 0) & (rows["closed"] < END))
    assert len(sought) > 20
    for e in sought[::3].tolist():
        row = rows[e]
        as_it_was = Order(e, grade=int(row["first_grade"]), prevention=int(row["interview_due"]))
        assert areas_differ(branched(areas[1], as_it_was), plain) is None


def test_a_branch_of_a_branch_keeps_the_order(areas):
    """It is part of the area's state, on both engines, also in memory that is used again."""
    e = ungraded(areas[1])
    for area in areas:
        first = area.branch()
        first.order(Order(e, grade=3))
        second = first.branch()
        third = area.branch(area.branch())
        for branch in (second, third):
            branch.run(END)
        assert second.tables()["episodes"]["first_grade"][e] == 3
        assert areas_differ(third, branched(area, None)) is None


def test_luck_stays_as_it_is(areas):
    """Under another grade, what the child's own luck settled on leaving is the same."""
    e = ungraded(areas[1])
    rows = [branched(areas[1], Order(e, grade=grade)).tables()["episodes"][e] for grade in (0, 3)]
    for column in ("left", "reported", "closes", "risk", "truth_grade", "knowable_grade", "call_grade"):
        assert rows[0][column] == rows[1][column], column
    assert rows[0]["desk_actions"] < rows[1]["desk_actions"]
    assert rows[1]["first_action"] < NEVER
