"""A posterior belongs to the edition of the model that it was fitted to, and says so when it is asked for by another."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.experiment.draws import Draws, keep
from sim.experiment.edition import edition, form, said
from sim.experiment.posterior import posterior
from sim.scenario.errors import ScenarioError
from tests.experiment.tiny import TINY, tiny


def written(folder: Path, names: tuple[str, ...] = ("world.find_rate",), of: str | None = None) -> Path:
    """A posterior of ten draws, and what stands beside it."""
    keep(Draws(names, np.linspace(0.2, 0.5, 10 * len(names)).reshape(10, -1), ""), folder / "posterior.parquet")
    (folder / "posterior.json").write_text(json.dumps({"edition": of or edition(), "source": "a posterior by hand", "drawn": list(names)}))
    return folder / "posterior.parquet"


def test_it_is_drawn_from_unless_values_are_fixed(tmp_path: Path) -> None:
    """From Python as from the command line."""
    drawn = sim.run(tiny(), replications=4, workers=1, engine="compiled", posterior=written(tmp_path))
    fixed = sim.run(tiny(), replications=4, workers=1, engine="compiled", fixed=True)
    assert drawn.plan.draws is not None
    assert drawn.plan.draws.source == "a posterior by hand"
    assert fixed.plan.draws is None
    assert drawn.of("baseline", "P1") != fixed.of("baseline", "P1")
    with pytest.raises(ScenarioError, match="--fixed: draws nothing, so --posterior cannot be heeded; leave one"):
        sim.run(tiny(), replications=4, workers=1, engine="compiled", posterior=tmp_path / "none.parquet", fixed=True)


def test_another_edition_is_refused(tmp_path: Path) -> None:
    """With the reason, and with what can be done."""
    with pytest.raises(ScenarioError, match=r"fitted to another edition of the model \(feed; this is .*--fixed"):
        posterior(written(tmp_path, of="feed"))


def test_what_is_no_posterior_is_refused(tmp_path: Path) -> None:
    """No file, a file without its description, a file that is no table, a value that no scenario has."""
    with pytest.raises(ScenarioError, match="there is no posterior here"):
        posterior(tmp_path / "posterior.parquet")
    place = written(tmp_path, ("world.no_such_value",))
    with pytest.raises(ScenarioError, match=r"world\.no_such_value.*is not a value of a scenario"):
        posterior(place)
    place = written(tmp_path)
    told = json.loads(place.with_suffix(".json").read_text())
    for other in ({}, {"drawn": []}, {"drawn": ["world.find"]}, {"drawn": "world.find_rate"}):
        place.with_suffix(".json").write_text(json.dumps({"edition": told["edition"]} | other))
        with pytest.raises(ScenarioError, match=r"does not say which of its values are drawn.*fit it again"):
            posterior(place)
    place.with_suffix(".json").write_text(json.dumps(told))
    place.write_text("no table")
    with pytest.raises(ScenarioError, match="cannot be read"):
        posterior(place)


def test_an_override_is_held(tmp_path: Path) -> None:
    """A value set from outside is decided, even if it is the usual one."""
    values = TINY | {"world.find_rate": 0.38}
    found = sim.run("baseline", replications=1, workers=1, engine="compiled", posterior=written(tmp_path), overrides=values)
    assert found.plan.draws is not None
    assert "world.find_rate" in found.plan.draws.held


def test_a_lever_that_is_swept_is_held(tmp_path: Path) -> None:
    """A point at the usual value is at the usual value."""
    found = sim.sweep(
        tiny(), {"practice.desk_based_share": [0.1, 0.35]}, measures=["T2"], replications=2, workers=1, engine="compiled",
        posterior=written(tmp_path, ("practice.desk_based_share",)),
    )
    alone = sim.sweep(tiny(), {"practice.desk_based_share": [0.1, 0.35]}, measures=["T2"], replications=2, workers=1, engine="compiled", fixed=True)
    assert list(found.points["estimate"]) == list(alone.points["estimate"])


def test_an_edition_is_what_is_said_and_not_how() -> None:
    """Comments, docstrings and descriptions leave it as it is; a number or a name does not."""
    plain = "def f(x: float = 1.0) -> float:\n    return x + 2\n"
    worded = '"""Room."""\n\n\ndef f(x: float = 1.0) -> float:\n    """Adds."""\n    # two\n    return x + 2\n'
    assert said(plain) == said(worded)
    assert said(plain) != said(plain.replace("2", "3"))
    assert said('a: int = Field(gt=0, description="one")') == said('a: int = Field(gt=0, description="another")')
    assert said('a: int = Field(gt=0)') != said('a: int = Field(gt=1)')


def test_an_edition_is_the_same_on_every_version_of_python() -> None:
    """Later versions know fields that earlier ones do not (type_params); without content they say nothing. What is there is told apart."""
    text = "def f(x, *, y=None, **z):\n    return f'{x:>{y}}' + 'é\u0378'\n\nclass A:\n    a: int\n"
    told = set()
    for new in ((), ("type_params",)):
        tree = ast.parse(text)
        for node in ast.walk(tree):
            node._fields = (*(name for name in node._fields if name != "type_params"), *new)
            vars(node).setdefault("type_params", [])
        told.add(form(tree))
    assert told == {said(text)}
    assert said(text).isascii()
    tree.body[0].type_params = [ast.Name("T")]  # type: ignore[attr-defined]
    assert form(tree) != said(text)
    assert len({said(f"x = {value}") for value in ("None", "1", "1.0", "True", "'1'", "b'1'", "''", "[]", "()", "...")}) == 10
