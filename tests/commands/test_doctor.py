"""`missing-sim doctor`: what is said of a machine, and when that ends with 1."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.calibrate.sunset import REVIEWED, SUNSET, in_words
from sim.cli import app
from sim.cli import doctor as doctor_command
from sim.engine import checkup, choice, compiled
from sim.engine.hands import Hands
from tests.commands.shell import ROOT, missing_sim
from tests.engine.checkout import with_few_rules


def doctor(*arguments: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, ["doctor", *arguments])


@pytest.fixture(autouse=True)
def short(request, monkeypatch):
    """A trial of two weeks, but where the length is what is looked at."""
    if request.function is not test_machines_read_one_object:
        monkeypatch.setattr(checkup, "WEEKS", 2)
        monkeypatch.setattr(checkup, "MORE_WEEKS", 1)


def test_all_is_well_here():
    """In a process of its own: versions, engine, workers, cache, and the verdict; nothing on standard error but that it compiles, if it does."""
    done = missing_sim("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("\nAll is well.\n")
    found = dict(line.split(None, 1) for line in done.stdout.splitlines() if "  " in line)
    assert found["numpy"] == importlib.metadata.version("numpy")
    assert found["engine"].startswith("compiled for runs of 20 area-years and more")
    assert re.match(r"\d+: threads", found["workers"])
    assert re.match(r"(compiled|read from the cache) in [\d.]+ s", found["start"])
    assert found["engines"].startswith("equal to the byte: durham-2020-03 in small-force, 8 weeks")
    assert done.stderr == "" or done.stderr.startswith("Compiling the engine for this machine")


def test_machines_read_one_object():
    """With the numbers behind each line, and enough compared to mean something."""
    done = doctor("--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (told["command"], told["well"], told["problems"]) == ("doctor", True, [])
    assert set(told["versions"]) >= {"missing-sim", "python", "numba", "numpy", "pandas", "simpy"}
    assert told["engine"] == {"large_runs": "compiled", "large_from_area_years": 20.0, "obstacle": ""}
    assert told["workers"] >= 1
    assert told["cache"]["folder"] is None or Path(told["cache"]["folder"]) == compiled.PLACE
    assert told["trial"]["events"] > 10_000
    assert told["trial"]["rows"] > told["trial"]["events"]
    assert told["trial"]["differences"] == []


class Late(date):
    """A calendar that stands on the day after the sunset date."""

    @classmethod
    def today(cls) -> date:
        return SUNSET + timedelta(days=1)


class InTime(date):
    """A calendar that stands on the sunset date itself."""

    @classmethod
    def today(cls) -> date:
        return SUNSET


def test_the_inputs_have_a_date_by_which_they_are_reviewed(monkeypatch):
    """It is said on and before that day, and a warning from the day after; a late review is no fault of the machine."""
    monkeypatch.setattr(doctor_command, "date", InTime)
    done = doctor()
    assert f"to be reviewed again by {in_words(SUNSET)}\n" in done.stdout
    assert "Warning" not in done.output
    monkeypatch.setattr(doctor_command, "date", Late)
    done = doctor()
    assert done.exit_code == 0
    assert f"Warning: the inputs of the model were to be reviewed by {in_words(SUNSET)}." in done.stderr
    told = json.loads(doctor("--json").stdout)
    assert told["inputs"] == {"reviewed": REVIEWED.isoformat(), "review_by": SUNSET.isoformat(), "overdue": True}


def test_engines_that_differ_are_wrong(monkeypatch):
    """A little less luck on one engine: the first table, row and column are named, and the exit code is 1."""
    draw = Hands.uniform
    monkeypatch.setattr(Hands, "uniform", lambda *key: draw(*key) * 0.999999)
    done = doctor()
    assert done.exit_code == 1
    assert "engines" in done.stdout
    assert "differ: durham-2020-03" in done.stdout
    assert "Something is wrong:\n  the engines differ on durham-2020-03 (small-force): children, row 0, " in done.stdout
    assert "switched to good-practice after 2 weeks: " in done.stdout
    told = json.loads(doctor("--json").stdout)
    assert (told["well"], len(told["problems"])) == (False, 2)


def test_rules_that_do_not_compile_are_wrong(monkeypatch):
    """The rules to mend are named, without a traceback."""

    def refused(*_: object, **__: object) -> None:
        raise compiled.NotCompiled("The rules do not compile:\npolice.py:32 in reported: no field is called 'bron'")

    monkeypatch.setattr(compiled, "CompiledArea", refused)
    done = doctor()
    assert done.exit_code == 1
    assert "police.py:32 in reported: no field is called 'bron'" in done.stdout
    assert "Traceback" not in done.output
    assert json.loads(doctor("--json").stdout)["trial"] is None


def test_an_engine_that_fails_is_wrong(monkeypatch):
    """Whatever it is: one line, and 1."""

    def failing(*_: object) -> float:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Hands, "uniform", failing)
    done = doctor()
    assert done.exit_code == 1
    assert "the trial of both engines failed: ZeroDivisionError: division by zero" in done.stdout


def test_a_package_that_is_missing_is_wrong(monkeypatch):
    """One that everything needs; one that only an extra needs is said, and no fault."""
    version = importlib.metadata.version

    def without(*missing: str):
        def known(name: str) -> str:
            if name in missing:
                raise importlib.metadata.PackageNotFoundError(name)
            return version(name)

        return known

    needed = [*(importlib.metadata.requires("missing-sim") or []), 'streamlit[charts]>=1; extra == "app"', 'nobody-has>=1; extra == "test"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: needed)
    monkeypatch.setattr(importlib.metadata, "version", without("streamlit"))
    assert checkup.versions()["streamlit"] == "not installed; only app needs it"
    assert "nobody-has" not in checkup.versions()
    assert doctor().exit_code == 0
    monkeypatch.setattr(importlib.metadata, "version", without("plotly"))
    done = doctor()
    assert done.exit_code == 1
    assert "Something is wrong:\n  plotly is not installed\n" in done.stdout


def test_a_program_that_is_not_installed_is_looked_at_too(monkeypatch):
    """Run from its folder, it knows no list of packages."""

    def unknown(name: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "requires", unknown)
    assert list(checkup.versions()) == ["missing-sim", "python"]


WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; sys.argv = ['missing-sim', 'doctor']; from sim.cli import main; main()"


def test_without_numba_simpy_is_enough():
    """It is said, and no fault."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_NUMBA], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SimPy for every run: Numba is not installed; the results are the same" in done.stdout
    assert done.stdout.endswith("\nAll is well.\n")


def test_a_cache_that_is_off_is_said(monkeypatch):
    """With what it means."""
    monkeypatch.setattr(compiled, "PLACE", None)
    monkeypatch.setenv("MISSING_SIM_CACHE", "off")
    done = doctor()
    assert done.exit_code == 0
    assert "none, so the engine is compiled in every run that needs it: MISSING_SIM_CACHE is off" in done.stdout
    told = json.loads(doctor("--json").stdout)["cache"]
    assert (told["folder"], told["trouble"]) == (None, "MISSING_SIM_CACHE is off")


def test_numba_that_is_switched_off_is_said(monkeypatch):
    """The reason is in both forms."""
    monkeypatch.setattr(checkup, "obstacle", lambda: "NUMBA_DISABLE_JIT is set")
    assert "SimPy for every run: NUMBA_DISABLE_JIT is set" in doctor().stdout
    told = json.loads(doctor("--json").stdout)
    assert told["engine"] == {"large_runs": "simpy", "large_from_area_years": choice.LARGE, "obstacle": "NUMBA_DISABLE_JIT is set"}
    assert (told["cache"], told["trial"], told["well"]) == (None, None, True)


@pytest.mark.slow
def test_a_home_that_cannot_be_written_is_no_fault(tmp_path):
    """The engine is compiled for this run only, which is said before it takes its time; both engines agree."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MISSING_SIM_CACHE", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "doctor"],
        cwd=with_few_rules(tmp_path / "checkout"),
        env=environment | {"HOME": "/dev/null"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.startswith("Compiling the engine for this machine, for this run only (/dev/null/")
    assert len(done.stderr.splitlines()) == 1
    assert "none, so the engine is compiled in every run that needs it: /dev/null/" in done.stdout
    assert "equal to the byte" in done.stdout
