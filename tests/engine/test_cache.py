"""Compiled code that is kept: never old, never in the way, and never needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numba import njit, types

import sim
from sim.engine import cache, compiled
from sim.engine.compiled import OPTIONS, CompiledArea
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY

KINDS = (types.float64,)


def trebled(number):
    """A small stand-in for the engine."""
    return 3.0 * number


def kept(place: Path | None):
    """As a new process would have it: compiled, or read from `place`."""
    function = njit(trebled)
    cache.enable(function, place)
    cache.compile_kept(function, KINDS)
    return function


def files(place: Path, ending: str = "nb?") -> list[Path]:
    return sorted(place.rglob(f"*.{ending}"))


def hits(function) -> int:
    """How often code was read rather than compiled."""
    return sum(function.stats.cache_hits.values())


@pytest.fixture
def place(tmp_path):
    """A folder with compiled code in it."""
    kept(tmp_path)
    assert len(files(tmp_path)) == 2
    return tmp_path


def test_what_is_kept_is_read(place):
    """In the place that was named, and nowhere else; Numba's own setting is left as it was."""
    before = cache.config.CACHE_DIR
    function = kept(place)
    assert hits(function) == 1
    assert function(2.0) == 6.0
    assert cache.is_filled(place)
    assert before == cache.config.CACHE_DIR


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05K", None])
def test_what_is_broken_is_compiled_again_with_a_notice(place, caplog, ending, content):
    """Empty, nonsense, or cut in half: the answer is right, and so is the next one."""
    for file in files(place, ending):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if content is None else content)
    assert kept(place)(2.0) == 6.0
    assert "compiled again" in caplog.text
    caplog.clear()
    assert kept(place)(2.0) == 6.0
    assert kept(place)(2.0) == 6.0
    assert caplog.text == ""
    assert hits(kept(place)) == 1


def test_code_that_has_gone_is_compiled_again(place):
    """An index without its code is no code."""
    files(place, "nbc")[0].unlink()
    assert kept(place)(2.0) == 6.0
    assert hits(kept(place)) == 1


def test_a_full_disc_is_no_harm(tmp_path, caplog, monkeypatch):
    """If nothing can be written any more the code is compiled, with a notice."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile._save_data", full)
    assert kept(tmp_path)(2.0) == 6.0
    assert "No space left" in caplog.text


def test_off_keeps_nothing(monkeypatch):
    """The word for no cache."""
    monkeypatch.setenv(cache.VARIABLE, "off")
    assert cache.folder(OPTIONS) is None
    assert not cache.is_filled(None)
    assert kept(None)(2.0) == 6.0


def test_a_place_that_cannot_be_written_keeps_nothing(monkeypatch, tmp_path):
    """A file where a folder should be; nothing is kept anywhere else instead."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "cache"))
    assert cache.folder(OPTIONS) is None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_another_place_can_be_named(monkeypatch, tmp_path):
    """By the environment variable."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "here"))
    assert cache.folder(OPTIONS) == tmp_path / "here" / cache.key(OPTIONS)


@pytest.mark.parametrize("source", ["model/police.py", "engine/compiled.py", "scenario/practice.py", "model/new.py"])
def test_a_changed_source_has_another_key(monkeypatch, tmp_path, source):
    """A rule, the engine, or the schema; also a new file. The same sources have the same key wherever they are."""
    package = Path(sim.__file__).parent
    for part in ("model", "engine", "scenario"):
        shutil.copytree(package / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = cache.key(OPTIONS)
    monkeypatch.setattr(cache.model, "__file__", str(tmp_path / "model" / "__init__.py"))
    assert cache.key(OPTIONS) == before
    with (tmp_path / source).open("a") as file:
        file.write("# changed\n")
    assert cache.key(OPTIONS) != before


def test_other_options_have_another_key():
    """As have other versions, by the same means."""
    assert cache.key(OPTIONS | {"boundscheck": False}) != cache.key(OPTIONS)


def test_one_build_serves_every_scenario():
    """Another area, another practice, with a trace or without: nothing is compiled again."""
    for overrides in (LIVELY, {**LIVELY, "area.networks": 7, "practice.flag_is_high": True}):
        for trace in (False, True):
            area = CompiledArea(parameters(overrides), 1, 0, trace=trace, room=64)
            area.run(480.0)
            area.branch().run(600.0)
    assert len(compiled.run.signatures) == 1


RUN = """
from sim.engine import compiled
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY
area = compiled.CompiledArea(parameters(LIVELY), 1, 0)
area.run(2000.0)
print(area.events, area.tables()["tasks"]["started"].sum(), sum(compiled.run.stats.cache_hits.values()))
"""


def begin(place: str) -> subprocess.Popen[str]:
    environment = os.environ | {cache.VARIABLE: place}
    return subprocess.Popen([sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_processes_may_compile_at_once(tmp_path):
    """Both are right, and the third reads what they kept."""
    both = [begin(str(tmp_path)) for _ in range(2)]
    answers = [process.communicate()[0].split() for process in both]
    third = begin(str(tmp_path)).communicate()[0].split()
    assert answers[0][:2] == answers[1][:2] == third[:2]
    assert int(third[0]) > 1000
    assert third[2] == "1"
    assert len(files(tmp_path, "nbc")) == 1
