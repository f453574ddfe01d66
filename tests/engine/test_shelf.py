"""Where compiled code is kept: in a place that can be used or in none, and never more of it than anybody needs."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.engine import shelf
from sim.engine.shelf import DAYS, MOST, VARIABLE, Place, opened, others, state, tidy

NEW = "f" * 20


@pytest.fixture
def base(monkeypatch, tmp_path):
    """A shelf of its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def stand(base: Path, number: int, days: float, file: str = "engine_1/compiled.run-1.py311.1.nbc") -> Path:
    """A folder of another version that was last used so many days ago."""
    folder = base / f"{number:020x}"
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_bytes(b"code")
    used = time.time() - days * 86_400.0
    os.utime(folder, (used, used))
    return folder


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({VARIABLE: "/there"}, "/there"),
        ({VARIABLE: "~/there"}, "/me/there"),
        ({"XDG_CACHE_HOME": "/xdg"}, "/xdg/missing-sim"),
        ({"XDG_CACHE_HOME": ""}, "/me/.cache/missing-sim"),
        ({VARIABLE: "", "XDG_CACHE_HOME": "/xdg"}, "/xdg/missing-sim"),
        ({VARIABLE: "off"}, None),
        ({VARIABLE: "OFF"}, None),
    ],
)
def test_the_user_says_where(monkeypatch, variables, expected):
    """By our variable, then by the system's, else in the usual folder of the home."""
    for name in (VARIABLE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(shelf.sys, "platform", "linux")
    for name, value in {"HOME": "/me", **variables}.items():
        monkeypatch.setenv(name, value)
    assert shelf.home() == (None if expected is None else Path(expected))


def test_a_place_does_not_move_with_the_program(monkeypatch, tmp_path):
    """A relative name means the folder in which the program was started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "here")
    assert shelf.home() == tmp_path / "here"


@pytest.mark.parametrize("named", ["/dev/null", "/dev/null/below", "/proc/none/below", "file", "file/below", "x" * 5000, "y/" * 3000])
def test_nonsense_for_a_place_keeps_nothing(monkeypatch, tmp_path, named):
    """What cannot be a folder is said and not used; what stood there stays."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv(VARIABLE, named)
    folder, trouble = opened(NEW)
    assert folder is None
    assert trouble
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_home_that_is_none_keeps_nothing(monkeypatch):
    """Neither a home that is no folder nor a user without one is in the way."""
    for name in (VARIABLE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(shelf.sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/dev/null")
    assert opened(NEW) == (None, f"/dev/null/.cache/missing-sim/{NEW}: Not a directory")

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(shelf.Path, "home", homeless)
    assert opened(NEW) == (None, "Could not determine home directory.")


@pytest.mark.parametrize(("method", "number", "words"), [("mkdir", 30, "Read-only file system"), ("write_bytes", 28, "No space left on device")])
def test_a_disc_that_takes_nothing_keeps_nothing(monkeypatch, base, method, number, words):
    """Read-only, or full: it is said, and nothing is left behind."""

    def refused(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, words, str(path))

    monkeypatch.setattr(shelf.Path, method, refused)
    folder, trouble = opened(NEW)
    assert folder is None
    assert trouble.endswith(words)
    assert [path for path in base.rglob("*") if path.is_file()] == []


def test_what_nobody_used_for_long_is_removed_when_a_new_folder_is_made(base):
    """And at no other time; what was used lately stays."""
    old, young = stand(base, 1, DAYS + 1), stand(base, 2, DAYS - 1)
    assert opened(young.name) == Place(young, "")
    assert old.exists()
    assert opened(NEW) == Place(base / NEW, "")
    assert sorted(base.iterdir()) == [young, base / NEW]


def test_opening_a_folder_counts_as_using_it(base):
    """However long ago its code was compiled."""
    old = stand(base, 1, DAYS + 1)
    opened(old.name)
    opened(NEW)
    assert old.exists()


def test_no_more_than_a_few_are_kept(base):
    """Someone who edits the rules makes a folder an edit: the last used stay."""
    folders = [stand(base, number, days=number / 24.0) for number in range(1, MOST + 5)]
    opened(NEW)
    assert others(base / NEW) == folders[:MOST]
    assert sorted(base.iterdir()) == sorted([*folders[:MOST], base / NEW])


def test_what_is_not_ours_is_never_touched(base):
    """Another name, a foreign file inside, a link to somewhere else, a file."""
    strangers = [stand(base / "photos", 1, 999), stand(base, 2, 999, "holiday.jpg"), base / f"{3:020x}", base / f"{4:020x}"]
    elsewhere = stand(base / "elsewhere", 5, 999)
    strangers[2].symlink_to(elsewhere)
    strangers[3].write_text("mine")
    ours = stand(base, 6, 999, "engine_1/compiled.run-1.py311.1.nbc.tmp.0123456789abcdef")
    opened(NEW)
    assert all(stranger.exists() for stranger in strangers)
    assert list(elsewhere.rglob("*.nbc"))
    assert not ours.exists()


def test_two_may_tidy_at_once(base):
    """Whoever comes second finds nothing, and neither fails."""
    for number in range(60):
        stand(base, number, DAYS + 1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tidy, [base / NEW] * 4))
    assert list(base.iterdir()) == []


def test_what_cannot_be_removed_stays(base, monkeypatch):
    """Nothing is raised, and the new folder is there."""
    old = stand(base, 1, DAYS + 1)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "unlink", refused)
    monkeypatch.setattr(os, "rmdir", refused)
    monkeypatch.setattr(shelf.Path, "unlink", lambda *_, **__: None)
    assert opened(NEW).folder == base / NEW
    assert old.exists()


def test_the_shelf_is_described(base):
    """The folder, its bytes, and what stands beside it; or why there is none."""
    stand(base, 1, 1), stand(base, 2, 2)
    place = opened(NEW)
    assert state(place) == (base / NEW, "", False, 0, 2, 8)
    stand(base / NEW, 1, 0)
    assert state(place)[2:] == (True, 4, 2, 8)
    shutil.rmtree(base)
    assert state(place) == (base / NEW, "", False, 0, 0, 0)
    assert state(Place(None, "why")) == (None, "why", False, 0, 0, 0)
