"""Columns of rows, and what is worked out once: quick, and never something else than the table says."""

from __future__ import annotations

import gc
import weakref

import numpy as np

from sim.outcomes import Cohort, measure_all, splits
from sim.outcomes.rows import Rows

TABLE = np.array([(0, 1.5), (1, 2.5), (2, 3.5), (3, 4.5)], dtype=[("key", np.int64), ("time", np.float64)])


def test_rows_are_columns_of_the_table():
    """In the order of the row numbers."""
    rows = Rows(TABLE, np.array([3, 1]))
    assert len(rows) == 2
    assert rows["time"].tolist() == [4.5, 2.5]


def test_part_of_the_rows_is_the_same_whether_a_column_was_asked_for_before_or_not():
    """What was taken out before is handed on, what was not is taken out of the table."""
    rows = Rows(TABLE, np.array([3, 1, 0]))
    keep = np.array([True, False, True])
    before = rows.only(keep)
    assert rows["time"].tolist() == [4.5, 2.5, 1.5]
    after = rows.only(keep)
    for part in (before, after):
        assert len(part) == 2
        assert part.rows.tolist() == [3, 0]
        assert part["time"].tolist() == [4.5, 1.5]
        assert part["key"].tolist() == [3, 0]
    assert rows["key"].tolist() == [3, 1, 0]


def test_all_rows_of_a_table_are_not_copied():
    """They are what the table holds, and part of them has the table's own row numbers; so has part of a part."""
    rows = Rows(TABLE, None)
    assert len(rows) == 4
    assert np.shares_memory(rows["time"], TABLE)
    part = rows.only(np.array([False, True, False, True]))
    again = part.only(np.array([False, True]))
    assert (len(part), len(again)) == (2, 1)
    assert (part.rows.tolist(), again.rows.tolist(), rows.rows.tolist()) == ([1, 3], [3], [0, 1, 2, 3])
    assert (part["time"].tolist(), again["key"].tolist()) == ([2.5, 4.5], [3])
    assert rows.only(np.ones(4, bool)) is rows


def test_what_is_worked_out_once_belongs_to_one_cohort(simulated):
    """A part of a cohort works it out for itself."""

    def episodes(c):
        return len(c.episodes)

    part = simulated.only(simulated.episodes.care)
    assert simulated.once(episodes) == len(simulated.episodes)
    assert part.once(episodes) == np.count_nonzero(simulated.episodes.care) < len(simulated.episodes)


def test_a_cohort_that_was_measured_is_let_go_at_once(simulated):
    """Not only when Python looks for circles: a cohort holds the tables of a whole area."""
    names = ("parameters", "tables", "opens", "closes", "ends", "pools_at_open", "pools_at_close")
    cohort = Cohort(**{name: getattr(simulated, name) for name in names})
    measure_all(cohort)
    splits(cohort)
    gone = weakref.ref(cohort)
    gc.disable()
    try:
        del cohort
        assert gone() is None
    finally:
        gc.enable()
