"""Compiled code that is kept: never old, never in the way, and never needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import njit, typeof, types
from numba.core.errors import NumbaError

import sim
from sim.engine import cache, compiled, sources
from sim.engine.compiled import OPTIONS, CompiledArea
from sim.engine.shelf import VARIABLE
from tests.engine.checkout import with_few_rules
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


BROKEN = {
    "empty": lambda content: b"",
    "no pickle": lambda content: b"no pickle",
    "shorter than a checksum": lambda content: b"\x80\x05K",
    "cut in half": lambda content: content[: len(content) // 2],
    "without its end": lambda content: content[:-1],
    "more at its end": lambda content: content + b"\0",
    "of zeros": lambda content: bytes(len(content)),
    "one bit, at the start": lambda content: flipped(content, 3),
    "one bit, a third in": lambda content: flipped(content, len(content) // 3),
    "one bit, in the checksum": lambda content: flipped(content, len(content) - 1),
}


def flipped(content: bytes, place: int) -> bytes:
    """With one bit the other way round."""
    return content[:place] + bytes([content[place] ^ 16]) + content[place + 1 :]


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("how", BROKEN)
def test_what_is_broken_is_compiled_again_with_a_notice(place, caplog, ending, how):
    """The answer is right, one notice names the file, and what is kept then is whole."""
    (file,) = files(place, ending)
    file.write_bytes(BROKEN[how](file.read_bytes()))
    function = kept(place)
    assert (function(2.0), hits(function)) == (6.0, 0)
    (said,) = [record.getMessage() for record in caplog.records]
    assert "is damaged" in said
    assert str(file) in said
    caplog.clear()
    function = kept(place)
    assert (function(2.0), hits(function)) == (6.0, 1)
    assert caplog.text == ""


def test_any_bit_that_is_flipped_is_seen(place):
    """Not one of them may reach the processor: every fifth byte of the code, one bit each."""
    (file,) = files(place, "nbc")
    whole = file.read_bytes()
    reader = cache.Sealed("", "", None)
    assert reader._is_whole(str(file))
    for at in range(0, len(whole), 5):
        file.write_bytes(flipped(whole, at))
        assert not reader._is_whole(str(file))


def test_files_of_another_numba_are_compiled_again(place):
    """Should they ever stand in the same folder: they are not read, and then written over."""
    function = njit(trebled)
    cache.enable(function, place)
    files_of = function._cache._cache_file
    index = files_of._load_index()
    files_of._version = "0.1"
    files_of._save_index(index)
    assert len(index) == 1
    assert hits(kept(place)) == 0
    assert hits(kept(place)) == 1


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_what_cannot_be_read_is_done_without(place, caplog, ending):
    """A folder where a file should be: the answer is right, with a notice."""
    (file,) = files(place, ending)
    file.unlink()
    file.mkdir()
    assert kept(place)(2.0) == 6.0
    assert "cannot be read or written" in caplog.text


def test_a_mistake_in_a_rule_is_not_put_down_to_the_cache(place, caplog):
    """It is raised at once, and nothing is said of files."""

    def misspelt(record):
        return record.bron

    for kind, error in ((typeof(np.zeros(1, [("born", float)])[0]), KeyError), (types.float64, NumbaError)):
        function = njit(misspelt)
        cache.enable(function, place)
        with pytest.raises(error, match="bron"):
            cache.compile_kept(function, (kind,))
    assert caplog.text == ""


def test_a_folder_that_goes_away_is_made_again(place):
    """Somebody tidied up between opening and compiling."""
    function = njit(trebled)
    cache.enable(function, place)
    shutil.rmtree(place)
    cache.compile_kept(function, KINDS)
    assert function(2.0) == 6.0
    assert hits(kept(place)) == 1


@pytest.mark.parametrize("other", ["InTreeCacheLocator", "NoSuchLocator"])
def test_nothing_is_kept_anywhere_else(tmp_path, monkeypatch, other):
    """Numba can be told to keep its files in places that are not keyed, or in none: then nothing is kept."""
    monkeypatch.setattr(cache.config, "CACHE_LOCATOR_CLASSES", other)
    assert kept(tmp_path / "new")(2.0) == 6.0
    assert files(Path(__file__).parent) == files(tmp_path) == []


def test_another_way_of_keeping_is_not_trusted(tmp_path, monkeypatch):
    """Should a later Numba have no such files to seal, nothing is kept."""
    monkeypatch.delattr(cache.IndexDataCacheFile, "_load_data")
    assert kept(tmp_path)(2.0) == 6.0
    assert files(tmp_path) == []


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
    monkeypatch.setenv(VARIABLE, "off")
    assert cache.place(OPTIONS) == (None, "MISSING_SIM_CACHE is off")
    assert cache.folder(OPTIONS) is None
    assert not cache.is_filled(None)
    assert kept(None)(2.0) == 6.0


def test_another_place_can_be_named(monkeypatch, tmp_path):
    """By the environment variable."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "here"))
    monkeypatch.setattr(sources, "AS_LOADED", sources.digest())
    assert cache.folder(OPTIONS) == tmp_path / "here" / cache.key(OPTIONS)


@pytest.mark.parametrize(("digest", "words"), [("another", "have changed since it was started"), ("", "there are no source files")])
def test_rules_are_never_kept_under_the_name_of_others(monkeypatch, tmp_path, digest, words):
    """Files that were edited or installed while the program runs are not what it compiles; and without files there is no name."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(sources, "digest", lambda: digest)
    folder, trouble = cache.place(OPTIONS)
    assert folder is None
    assert words in trouble
    assert list(tmp_path.iterdir()) == []


def test_sources_that_cannot_be_read_are_no_harm(monkeypatch):
    """Nothing is kept, and it is said why."""

    def refused() -> str:
        raise PermissionError(13, "Permission denied", "police.py")

    monkeypatch.setattr(sources, "digest", refused)
    assert cache.place(OPTIONS) == (None, "police.py: Permission denied")
    assert sources._as_loaded() == ""


@pytest.mark.parametrize("source", ["model/police.py", "engine/compiled.py", "scenario/practice.py", "model/new.py"])
def test_a_changed_source_has_another_key(monkeypatch, tmp_path, source):
    """A rule, the engine, or the schema; also a new file. The same sources have the same key wherever they are."""
    package = Path(sim.__file__).parent
    for part in ("model", "engine", "scenario"):
        shutil.copytree(package / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = cache.key(OPTIONS)
    monkeypatch.setattr(sources.model, "__file__", str(tmp_path / "model" / "__init__.py"))
    assert cache.key(OPTIONS) == before
    with (tmp_path / source).open("a") as file:
        file.write("# changed\n")
    assert cache.key(OPTIONS) != before


def test_other_options_and_settings_have_another_key(monkeypatch):
    """As have other versions, by the same means."""
    before = cache.key(OPTIONS)
    assert cache.key(OPTIONS | {"boundscheck": False}) != before
    monkeypatch.setenv("NUMBA_OPT", "1")
    assert cache.key(OPTIONS) != before


def test_one_build_serves_every_scenario():
    """Another area, another practice, with a trace or without, up to a whole number of hours or not: nothing is compiled again."""
    for overrides in (LIVELY, {**LIVELY, "area.networks": 7, "practice.flag_is_high": True}):
        for trace in (False, True):
            area = CompiledArea(parameters(overrides), 1, 0, trace=trace, room=64)
            area.run(480.0)
            area.branch().run(600)
    assert len(compiled.run.signatures) == 1


RUN = """
from sim.engine import compiled
from sim.engine.interpreted import Area
from tests.engine.equality import parameters
from tests.engine.scenarios import LIVELY
p = parameters(LIVELY)
areas = Area(p, 1, 0), compiled.CompiledArea(p, 1, 0)
for area in areas:
    area.run(2000.0)
print(sum(compiled.run.stats.cache_hits.values()), *[(area.events, area.tables()["tasks"]["started"].sum()) for area in areas], sep="; ")
"""


@pytest.fixture
def checkout(tmp_path):
    """A copy of this program, to be changed at will."""
    return with_few_rules(tmp_path / "checkout")


def begin(checkout: Path, place: Path) -> subprocess.Popen[str]:
    environment = os.environ | {VARIABLE: str(place)}
    return subprocess.Popen([sys.executable, "-c", RUN], cwd=checkout, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> list[str]:
    """How often code was read, what SimPy found, what the compiled engine found."""
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    return out.strip().split("; ")


@pytest.mark.slow
def test_two_processes_may_compile_at_once_and_a_changed_rule_is_compiled_again(checkout, tmp_path):
    """Both are right, the third reads what they kept, and the fourth, after a rule was changed, gives the changed answer. Rules that are linked in
    do not leave their names, which are longer than their code."""
    place = tmp_path / "place"
    both = [begin(checkout, place) for _ in range(2)]
    answers = [answer(process) for process in both]
    third = answer(begin(checkout, place))
    assert answers[0][1:] == answers[1][1:] == third[1:]
    assert (third[0], third[1]) == ("1", third[2])
    (code,) = files(place, "nbc")
    assert b"_ZN3sim6engine10dispatcher3run" in code.read_bytes()
    assert b"_ZN3sim5model" not in code.read_bytes()
    luck = checkout / "sim" / "model" / "luck.py"
    before = luck.read_text()
    luck.write_text(before.replace("return -log1p(-u)", "return -1.5 * log1p(-u)"))
    assert luck.read_text() != before
    fourth = answer(begin(checkout, place))
    assert fourth[1] == fourth[2] != third[1]
    assert len(files(place, "nbc")) == 2
