"""What is replaced in Numba while the rules are compiled is put back, whatever happens."""

from __future__ import annotations

import gc

import pytest
from numba.core import config, event
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler import CompileResult

from sim.engine import linking


def there() -> list[object]:
    """Whatever may be replaced, and how often Python looks for garbage."""
    kinds = (JITCodeLibrary, JITCPUCodegen, CompileResult, event)
    return [{name: getattr(kind, name) for name in dir(kind)} for kind in kinds] + [config.OPT, gc.get_threshold()]


def test_numba_is_as_it_was_once_the_rules_are_compiled() -> None:
    assert linking.is_possible()
    before = there()
    with linking.into("run"):
        inside = there()
        assert all(one != other for one, other in zip(inside, before, strict=True))
    assert there() == before


def test_numba_is_as_it_was_if_the_rules_do_not_compile() -> None:
    before = there()
    with pytest.raises(ValueError, match="no rule"), linking.into("run"):
        raise ValueError("no rule")
    assert there() == before


def test_whoever_lets_python_collect_no_garbage_is_obeyed() -> None:
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with linking.into("run"):
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)


def test_a_numba_of_another_make_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(event, "install_timer")
    assert not linking.is_possible()
    before = there()[:-1]
    with linking.into("run"):
        assert there()[:-1] == before
