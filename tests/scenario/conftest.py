"""A folder for scenario files, and the way to ask what is wrong with one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load

Write = Callable[..., Path]
Refused = Callable[..., ScenarioError]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write `text` to `name` in a folder of its own, and give the path."""

    def write(text: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def refused(write: Write) -> Refused:
    """The error that a file with `text` meets when it is loaded."""

    def refused(text: str) -> ScenarioError:
        with pytest.raises(ScenarioError) as caught:
            load(write(text))
        return caught.value

    return refused
