"""Memory of the compiled engine: read where it lies, given to a branch, and never read beyond its rows."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from dataclasses import fields
from math import ceil
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from sim.engine import memory
from sim.engine import pages as room
from sim.engine.compiled import MARGIN, NEARLY, OPTIONS, CompiledArea
from sim.engine.equality import first_difference
from sim.engine.held import hold
from sim.engine.interpreted import Area
from sim.engine.layout import record_dtype, rows
from sim.engine.memory import copied, default, fresh, let_go, longer, pages, put_away, used_again, whole
from sim.engine.spares import KEPT, Spares
from sim.engine.tables import TABLES, Tables
from sim.model.records import Episode, Task
from sim.model.words import NOBODY
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY

WORSE = {"practice.desk_based_share": 0.9}


@pytest.fixture(scope="module")
def area() -> CompiledArea:
    """Forty days of a lively area. Read only."""
    it = CompiledArea(parameters(LIVELY), 3, 1, room=0)
    it.run(40 * 24.0)
    return it


def lending(into: CompiledArea | None = None) -> CompiledArea:
    """The same, of which branches share episodes and tasks."""
    it = CompiledArea(parameters(LIVELY), 3, 1, room=0, into=into, lends=True)
    it.run(40 * 24.0)
    return it


def ended(branch: CompiledArea, worse: bool, days: float) -> Tables:
    """A branch that was switched and has run on."""
    branch.switch(parameters(LIVELY, WORSE if worse else {}))
    branch.run(days * 24.0)
    return branch.tables()


def test_a_branch_in_the_memory_of_another_is_the_same(area):
    """Of one that ran for longer, of one that ran for less, and of one under another scenario; what it came from stays as it was."""
    before = area.tables()
    wanted = {(worse, days): ended(area.branch(), worse, days) for worse in (False, True) for days in (45.0, 90.0)}
    spare = None
    for worse, days in ((True, 90.0), (False, 45.0), (False, 90.0), (True, 45.0), (True, 90.0)):
        spare = area.branch(into=spare)
        assert first_difference(ended(spare, worse, days), wanted[worse, days]) is None
    assert first_difference(area.tables(), before) is None
    assert first_difference(wanted[False, 90.0], wanted[True, 90.0]) is not None


def test_memory_is_really_used_again(area):
    """From the second branch on its tables lie where those of the one before lay."""
    spare = area.branch()
    ended(spare, True, 90.0)
    where = spare.last_tables()["tasks"].__array_interface__["data"]
    assert area.branch(into=spare).last_tables()["tasks"].__array_interface__["data"] == where


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be told at once")
def test_of_memory_used_again_nobody_keeps_what_one_before_the_last_needed(area):
    """What the last owner did not need is given back: it holds nothing any more."""
    larger = area.branch()
    ended(larger, True, 90.0)
    end = len(larger.world.tasks)
    once = area.branch(into=larger)
    beyond = len(once.world.tasks) + mmap.PAGESIZE // default(Task).itemsize + 1
    assert whole(once.world.tasks)["ended"][beyond:end].all()
    assert beyond < end
    twice = area.branch(into=once)
    assert not whole(twice.world.tasks)["ended"][beyond:end].any()


@pytest.mark.parametrize("spared", [False, True])
def test_branches_of_an_area_that_lends_are_the_same(area, spared):
    """Whichever way they go, in memory of their own or of another branch: as if they had a copy. What they came from stays as it was."""
    before = area.tables()
    wanted = {worse: ended(area.branch(), worse, 90.0) for worse in (False, True)}
    lender, spare = lending(), None
    for worse in (True, False, True):
        branch = lender.branch(into=spare)
        assert first_difference(ended(branch, worse, 90.0), wanted[worse]) is None
        spare = branch if spared else None
    assert first_difference(ended(area.branch(into=branch), False, 90.0), wanted[False]) is None
    assert first_difference(lender.tables(), before) is None


def test_the_memory_of_a_lender_is_used_again(area):
    """The next lender lies in it, whatever old branches still show, and its branches are as they should be, also in the memory of those."""
    wanted = ended(area.branch(), True, 90.0)
    lender, spare = lending(), None
    where = lender.last_tables()["tasks"].__array_interface__["data"]
    for _ in range(3):
        spare = lender.branch(into=spare)
        assert first_difference(ended(spare, True, 90.0), wanted) is None
        lender = lending(into=lender)
        assert lender.last_tables()["tasks"].__array_interface__["data"] == where
        assert first_difference(lender.tables(), area.tables()) is None


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
def test_a_branch_has_pages_of_its_own_only_where_it_changes_them(area):
    """The rest is shown: what is written to it afterwards in the lender, which nobody may, would be seen in the branch. Two branches see nothing of
    each other."""
    lender = lending()
    one, other = lender.branch(), lender.branch()
    one.world.episodes.severity[0] = 7
    assert (lender.world.episodes.severity[0], other.world.episodes.severity[0]) == (area.world.episodes.severity[0],) * 2
    row = mmap.PAGESIZE // default(Episode).itemsize + 2
    lender.world.episodes.severity[row] = 9
    assert (one.world.episodes.severity[row], other.world.episodes.severity[row]) == (9, 9)


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
def test_pages_that_are_shown_count_once():
    """The lender has no more of what a branch shows in its place: both together take hardly more than one, and nothing until it is looked at."""
    rows = longer(fresh(Task, 1000, 2**18, shared=True), 2**17, default(Task))
    rows.hours[:] = 5.0
    before = resident()
    put_away(rows)
    assert before - resident() > 0.9 * rows.nbytes
    shown = used_again(rows, len(rows), None)
    assert before - resident() > 0.9 * rows.nbytes
    assert (shown.hours == 5.0).all()
    assert abs(resident() - before) < 0.2 * rows.nbytes
    assert (rows.hours == 5.0).all()


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE


def test_an_area_that_has_lent_cannot_go_on():
    """Its branches would change with it. Before it has one it can."""
    lender = lending()
    branch = lender.branch()
    for go_on in (lambda: lender.run(60 * 24.0), lambda: lender.switch(parameters(LIVELY))):
        with pytest.raises(RuntimeError, match="it cannot go on itself"):
            go_on()
    branch.run(60 * 24.0)
    assert branch.now == 60 * 24.0
    branch.branch()
    branch.run(61 * 24.0)


def test_only_a_lender_takes_the_place_of_one(area):
    """Else a branch would show what nobody lends, and change with it. Nothing is lost by the attempt."""
    lender = lending()
    for wrong in (lambda: area.branch(into=lender), lambda: CompiledArea(parameters(LIVELY), 3, 1, into=lender)):
        with pytest.raises(RuntimeError, match="only another that lends can take its place"):
            wrong()
    assert first_difference(lender.tables(), area.tables()) is None
    assert first_difference(lending(into=area.branch()).branch().tables(), area.tables()) is None


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
@pytest.mark.parametrize("refused", ["memfd_create", "ftruncate", "strict", "mmap of the branch"])
def test_where_the_system_refuses_rows_are_copied(monkeypatch, refused):
    """They are the same rows, whichever step it is that cannot be done, also where the system took away what was there before it refused."""
    munmap = ctypes.CDLL(None).munmap
    munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    real = room._library()

    def no(*_: object) -> None:
        raise OSError(28, "No space left on device")

    class Library:
        madvise = real.madvise

        @staticmethod
        def mmap(where: int, length: int, both: int, how: int, file: int, first: int) -> int:
            if file != -1:
                munmap(where, length)
                return -1
            return real.mmap(where, length, both, how, file, first)

    monkeypatch.setattr(room, "_library", Library)
    if refused in ("memfd_create", "ftruncate"):
        monkeypatch.setattr(room.os, refused, no)
    elif refused == "strict":
        monkeypatch.setattr(room, "_can_share", lambda: False)
    held = len(os.listdir("/proc/self/fd"))
    rows = longer(fresh(Task, 1000, 9000, shared=True), 2000, default(Task))
    rows.hours[:] = np.arange(len(rows))
    assert pages(rows).is_shared is (refused == "mmap of the branch")
    assert (len(os.listdir("/proc/self/fd")) > held) is (refused == "mmap of the branch")
    put_away(rows)
    table = used_again(rows, 1500, None, default(Task))
    assert table.hours[:1500].tolist() == list(range(1500))
    assert not table.hours[1500:].any()
    assert pages(table)._shown == 0
    table.hours[:] = -1.0
    assert rows.hours.tolist() == list(range(len(rows)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be told of it")
@pytest.mark.parametrize(("says", "can"), [("0", True), ("1", True), ("2", False), (None, False)])
def test_nothing_is_shared_where_memory_that_was_not_promised_ends_a_process(monkeypatch, tmp_path, says, can):
    """Nor where that cannot be told."""
    told = tmp_path / "overcommit_memory"
    if says is not None:
        told.write_text(f"{says}\n")
    monkeypatch.setattr(room, "Path", lambda _: told)
    assert room._can_share.__wrapped__() is can


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
def test_memory_that_is_gone_is_told(monkeypatch):
    """If nothing can be put where something was taken away, that is an error, and no table."""
    rows = longer(fresh(Task, 1000, 9000, shared=True), 2000, default(Task))

    class Library:
        mmap = staticmethod(lambda *_: -1)

    monkeypatch.setattr(room, "_library", Library)
    with pytest.raises(MemoryError):
        used_again(rows, 1500, None, default(Task))


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
def test_what_was_shown_is_let_go_of():
    """Memory that is given back shows nothing any more, so that the lender's can go; a table that is made in it later has rows of its own."""
    rows = longer(fresh(Task, 1000, 9000, shared=True), 2000, default(Task))
    rows.hours[:] = 5.0
    table = used_again(rows, 2000, None)
    shown = pages(table)._shown // default(Task).itemsize
    assert shown > 0
    assert table.hours.tolist() == rows.hours.tolist()
    let_go(table)
    assert pages(table)._shown == 0
    assert not table.hours[:shown].any()
    again = fresh(Task, 2000, 9000, table)
    again.hours[:] = 6.0
    assert rows.hours.tolist() == [5.0] * len(rows)


@pytest.mark.skipif(not room._can_share(), reason="this system shows no pages (only Linux does, unless it promises no more memory than it has)")
def test_what_is_shared_goes_with_the_last_that_shows_it():
    """The file lies in memory for as long as its own table or one that shows it is there, and is closed then. What comes after the rows in use is
    given back at once. A table that outgrows its reserve is shared as well."""
    held = len(os.listdir("/proc/self/fd"))
    rows = fresh(Task, 3000, 3000, shared=True)
    rows.hours[:] = 5.0
    file = pages(rows)._file
    assert os.fstat(file).st_blocks * 512 >= rows.nbytes
    let_go(rows[:1000])
    assert os.fstat(file).st_blocks * 512 < 0.4 * rows.nbytes
    assert (rows.hours[:1000] == 5.0).all()
    more = longer(rows, 9000, default(Task))
    assert pages(more).is_shared
    assert pages(more) is not pages(rows)
    table = used_again(more, 1000, None)
    del rows, more
    assert len(os.listdir("/proc/self/fd")) == held
    assert (table.hours[:1000] == 5.0).all()


def test_an_area_that_gave_its_memory_away_is_no_more(area):
    """Nothing can be read of it by mistake."""
    spare = area.branch()
    area.branch(into=spare)
    with pytest.raises(AttributeError):
        spare.tables()


def test_tables_are_a_copy_and_last_tables_are_not(area):
    """Both say the same."""
    branch = area.branch()
    kept, seen, pools = branch.tables(), branch.last_tables(), branch.pools()
    assert first_difference(kept, seen) is None
    assert first_difference({"pools": pools, "now": kept["now"]}, {"pools": seen["pools"], "now": seen["now"]}) is None
    for name, table in branch.last_tables().items():
        assert not np.shares_memory(kept[name], table)
        assert np.shares_memory(seen[name], table) or not len(table)
    branch.run(60 * 24.0)
    assert first_difference(kept, area.tables()) is None
    assert not np.array_equal(seen["now"]["incidents"], kept["now"]["incidents"])


def test_rows_grow_and_keep_what_is_in_them(monkeypatch):
    """By a piece or a sixteenth, or to what is needed if that is more; where they lie, as long as a reserve lasts; new rows are at their defaults."""
    piece = 4096
    monkeypatch.setattr(memory, "PIECE", piece * default(Task).itemsize)
    for reserve in (0, 3, 90_000):
        rows = fresh(Task, 3, reserve)
        rows[2].hours = 7.0
        assert longer(rows, 3, default(Task)) is rows
        for needed, length in ((4, 3 + piece), (80_000, 80_000), (80_001, 85_000)):
            where = rows.__array_interface__["data"]
            rows = longer(rows, needed, default(Task))
            assert len(rows) == length
            assert rows[2].hours == 7.0
            assert copied(rows[3:], length - 3).tobytes() == copied(fresh(Task, length - 3), length - 3).tobytes()
            if reserve == 90_000:
                assert rows.__array_interface__["data"] == where


def test_what_is_nearly_full_gets_longer_in_time(area):
    """When one table is short of room, those that soon would be get room as well; what has enough stays as it is."""
    branch = area.branch()
    before = {name: len(getattr(branch.world, name)) for name in TABLES if name != "networks"}
    used = {name: int(getattr(branch.world.now, name)) for name in before}
    branch._make_room(duty_changes=False)
    after = {name: len(getattr(branch.world, name)) for name in before}
    short = {name for name in before if before[name] - used[name] < MARGIN + before[name] // NEARLY}
    assert {name for name in before if after[name] > before[name]} == short
    assert 0 < len(short) < len(before)
    assert all(after[name] - used[name] >= MARGIN + before[name] // NEARLY for name in before)


def test_a_reserve_takes_no_memory_until_it_is_written_to():
    """A gigabyte of rows in reserve makes the process no larger."""
    status = Path("/proc/self/statm")
    if not status.exists():
        pytest.skip("only Linux tells")
    before = int(status.read_text().split()[1])
    rows = fresh(Task, 1000, 2**24)
    assert int(status.read_text().split()[1]) - before < 2000
    assert len(rows) == 1000


def test_what_a_larger_one_left_behind_is_given_back():
    """The memory of a table that was longer once is the system's again, but for what its last owner used; what that wrote stays."""
    resident = Path("/proc/self/statm")
    if not resident.exists():
        pytest.skip("only Linux tells")
    pages = 2**16 * default(Task).itemsize // mmap.PAGESIZE
    rows = longer(fresh(Task, 1000, 2**18), 2**16, default(Task))
    rows[999].hours = 7.0
    before = int(resident.read_text().split()[1])
    let_go(rows[:1000])
    assert before - int(resident.read_text().split()[1]) > 0.9 * pages
    assert rows[999].hours == 7.0
    let_go(fresh(Task, 3))  # which has no pages of its own


def test_an_area_in_the_memory_of_another_is_the_same(area):
    """Of one that was larger in every way, and of one that was smaller."""
    wanted = area.tables()
    for days in (90.0, 1.0):
        before = CompiledArea(parameters(LIVELY, WORSE), 4, 2)
        before.run(days * 24.0)
        again = CompiledArea(parameters(LIVELY), 3, 1, room=0, into=before)
        again.run(40 * 24.0)
        assert first_difference(again.tables(), wanted) is None
        with pytest.raises(AttributeError):
            before.tables()


def test_a_table_is_as_long_as_the_one_whose_memory_it_has():
    """Its pages are there anyway. But it is no longer than the reserve that was asked for, nor shorter than it has to be; all rows are at their
    defaults or what they are copied from."""
    short = fresh(Task, 3, 4000)
    short.hours[:] = 1.0
    for reserve, needed, length in ((9000, 10, 2000), (1500, 10, 1500), (5, 10, 10), (9000, 3000, 3000), (0, 9500, 9500)):
        spare = longer(fresh(Task, 1000, 9000), 2000, default(Task))[:2000]
        spare.hours[:] = 7.0
        table = fresh(Task, needed, reserve, spare)
        assert len(table) == length
        assert (whole(table) is whole(spare)) is (needed <= len(whole(spare)))
        assert copied(table, length).tobytes() == copied(fresh(Task, length), length).tobytes()
        table.hours[:] = 7.0
        again = used_again(short, 2, table, default(Task))
        assert len(again) == min(length, 4000)
        assert again.hours.tolist() == [1.0, 1.0] + [0.0] * (len(again) - 2)


def test_an_area_need_not_get_longer_than_the_one_before(area, monkeypatch):
    """In the memory of one like it, it has the room from the start, but for the calendar, which is made anew."""
    asked, make_room = [], CompiledArea._make_room
    monkeypatch.setattr(CompiledArea, "_make_room", lambda self, duty_changes: asked.append(1) or make_room(self, duty_changes))

    def rooms(into: CompiledArea | None) -> tuple[int, CompiledArea]:
        asked.clear()
        it = CompiledArea(parameters(LIVELY), 3, 1, room=128, into=into)
        it.run(40 * 24.0)
        return len(asked), it

    often, first = rooms(None)
    in_use, there = int(first.world.now.tasks), len(first.world.tasks)
    first.let_go(99.0)
    assert len(first.world.tasks) == there
    first.let_go(KEPT)
    assert len(first.world.tasks) == min(there, ceil(KEPT * in_use) + MARGIN)
    seldom, second = rooms(first)
    assert seldom < often / 4
    second.let_go(0.5)
    assert len(second.world.tasks) == ceil(in_use / 2) + MARGIN
    assert seldom < rooms(second)[0] < often


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be told at once")
def test_of_the_calendar_only_as_much_is_kept():
    """Its pages are given back with those of the tables; it stays as long as it was."""
    it = CompiledArea(parameters(LIVELY), 3, 1, room=8192)
    it.run(90 * 24.0)
    later, taken = it.world.agenda.later, int(it.world.agenda.counts.taken)
    written = later["time"].copy()
    it.let_go(0.5)
    page = mmap.PAGESIZE // later.dtype.itemsize + 1
    assert written[taken // 2 + page : taken].any()
    assert not later["time"][taken // 2 + page : taken].any()
    assert (later["time"][: taken // 2] == written[: taken // 2]).all()
    assert len(it.world.agenda.later) == len(later)


def test_areas_of_other_sizes_by_turns_are_the_same():
    """Whatever the area before left: a large one's memory for a small one, and the other way round. Nothing gets longer by the turns."""
    sizes = {"large": {"area.children": [40, 30, 60, 20], "area.networks": 12, "area.reports_per_year": 3000.0}, "small": {}}
    wanted = {}
    for name, other in sizes.items():
        alone = CompiledArea(parameters(LIVELY, other), 3, 1)
        alone.run(60 * 24.0)
        wanted[name] = alone.tables()
    spares, lengths = Spares(), {"large": [], "small": []}
    for _ in range(4):
        for name in ("large", "small", "small"):
            it = CompiledArea(parameters(LIVELY, sizes[name]), 3, 1, into=spares.take())
            it.run(60 * 24.0)
            assert first_difference(it.tables(), wanted[name]) is None
            lengths[name].append(len(it.world.tasks))
            spares.give(it)
    assert max(lengths["large"][1:]) <= 1.2 * lengths["large"][0]
    assert max(lengths["small"]) < min(lengths["large"])


@pytest.mark.parametrize("networks", [2, 9])
def test_an_area_in_the_memory_of_another_has_its_own_networks(networks):
    """As many as it should, whatever the other had."""
    made = [parameters(LIVELY, {"area.networks": number}) for number in (networks, 11 - networks)]
    other = CompiledArea(made[1], 3, 1)
    start = CompiledArea(made[0], 3, 1, into=other)
    assert len(start.world.networks) == networks
    assert len(start.branch(CompiledArea(made[1], 3, 1)).world.networks) == networks


def test_no_row_before_the_first_or_after_the_last_is_ever_read(area):
    """NOBODY is no row, and what is beyond the table is an error, not another number."""

    @njit(**OPTIONS)
    def started(whole, row):
        w = hold(whole)
        return w.tasks[row].started, len(w.tasks)

    assert started(area.world, 0) == (area.world.tasks[0].started, len(area.world.tasks))
    for row in (NOBODY, len(area.world.tasks), -len(area.world.tasks), 2**62):
        with pytest.raises(IndexError, match="no row"):
            started(area.world, row)


def test_a_number_that_does_not_fit_is_an_error(area):
    """On either engine: it never becomes another number. What fits is read as it was written, negative or not."""

    @njit(**OPTIONS)
    def asked(whole, number):
        w = hold(whole)
        w.tasks[0].number = number
        return w.tasks[0].number

    branch = area.branch()
    for number in (NOBODY, 0, 2**31 - 1, -(2**31)):
        assert asked(branch.world, number) == number
    for number in (2**31, -(2**31) - 1, 2**40):
        with pytest.raises(OverflowError, match="number: the number is too large for its place"):
            asked(branch.world, number)
        with pytest.raises(OverflowError):
            rows([Task(number=number)], Task)
    with pytest.raises(OverflowError):
        rows([Task(grade=128)], Task)


def test_rows_have_no_gaps():
    """Long numbers first, then short ones: at most seven bytes of a row hold nothing, and names stand in the order of the record. One of a few words
    takes a byte, also where rules count with it."""
    for name, record in TABLES.items():
        dtype = record_dtype(record)
        held = sum(dtype[field].itemsize for field in dtype.names)
        assert dtype.itemsize - 8 < held <= dtype.itemsize, name
        assert list(dtype.names) == [field.name for field in fields(record)]
    assert record_dtype(Task).itemsize == 56
    assert [record_dtype(Task)[field] for field in ("progress", "grade", "number")] == [np.int8, np.int8, np.int32]


def test_memory_is_given_to_its_own_kind():
    """What only warmed up is made in the memory of what only warmed up, and nothing else is; areas of SimPy are let go of."""
    ended, warm = CompiledArea(parameters(LIVELY), 3, 1), CompiledArea(parameters(LIVELY), 3, 2)
    spares = Spares()
    spares.give(ended)
    assert spares.take(warmed_up=True) is None
    spares.give(warm, warmed_up=True)
    spares.give(Area(parameters(LIVELY), 3, 1))
    assert [spares.take(), spares.take()] == [ended, None]
    assert [spares.take(warmed_up=True), spares.take(warmed_up=True)] == [warm, None]


def of_days(days: float, lends: bool = False) -> CompiledArea:
    """An area that has run so long. More days are more rows."""
    it = CompiledArea(parameters(LIVELY), 3, 1, room=0, lends=lends)
    it.run(days * 24.0)
    return it


@pytest.mark.parametrize("lends", [False, True])
def test_of_a_large_area_only_what_is_usual_is_kept(lends):
    """Whatever lent its memory does so too."""
    spares, large = Spares(), of_days(400.0, lends)
    if lends:
        large.branch()
    tasks, length = whole(large.world.tasks), len(large.world.tasks)
    assert tasks["requested"][length // 2 : int(large.world.now.tasks)].any()
    for _ in range(3):
        spares.give(of_days(20.0))
    spares.give(large)
    assert spares.take() is large
    if sys.platform.startswith("linux"):
        assert not tasks["requested"][length * 3 // 4 : length].any()
