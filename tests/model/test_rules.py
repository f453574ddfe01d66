"""The laws of the rule book that can be read off the text: every rule is in the list, none calls itself by a detour, none needs an engine."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim.model
from sim.model import rule as rule_module
from sim.model.events import Event

FOLDER = Path(sim.model.__file__).parent
ROOT = FOLDER.parents[1]
MODULES = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))
VERBS = {("agenda", "schedule"), ("trace", "note"), ("luck", "uniform")}
NO_RULES = {"rule", "records"}
"""The list itself, and the records, whose only functions give a field its default."""

for name in MODULES:
    importlib.import_module(f"sim.model.{name}")

Function = tuple[str, str]


def trees() -> dict[str, ast.Module]:
    """The syntax tree of every module of the model."""
    return {name: ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8")) for name in MODULES}


def functions() -> dict[Function, ast.FunctionDef]:
    """Every function of the modules of rules."""
    found: dict[Function, ast.FunctionDef] = {}
    for module, tree in trees().items():
        if module not in NO_RULES:
            found |= {(module, node.name): node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return found


def calls() -> dict[Function, set[Function]]:
    """Which function of the model names which other, by `police.search_ended` or by a name imported from its module."""
    known = functions()
    result: dict[Function, set[Function]] = {function: set() for function in known}
    for module, tree in trees().items():
        if module in NO_RULES:
            continue
        modules: dict[str, str] = {}
        names: dict[str, Function] = {name: (module, name) for (home, name) in known if home == module}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level == 1:
                for alias in node.names:
                    if node.module is None:
                        modules[alias.asname or alias.name] = alias.name
                    else:
                        names[alias.asname or alias.name] = (node.module, alias.name)
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for node in ast.walk(function):
                called: Function | None = None
                if isinstance(node, ast.Name):
                    called = names.get(node.id)
                elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                    called = (modules[node.value.id], node.attr)
                if called in known:
                    result[module, function.name].add(called)
    return result


def circle(graph: dict[Function, set[Function]]) -> list[Function]:
    """A way from a function back to itself, or nothing."""
    done: set[Function] = set()

    def visit(node: Function, path: list[Function]) -> list[Function]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node not in done:
            for after in sorted(graph.get(node, set())):
                if found := visit(after, [*path, node]):
                    return found
            done.add(node)
        return []

    for node in sorted(graph):
        if found := visit(node, []):
            return found
    return []


def run(code: str) -> str:
    """What `code` prints in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout


def test_every_function_of_a_rule_module_is_a_rule():
    """An engine that compiles rules finds them in RULES; a function left out would be called and not found. Only the three verbs are not in it."""
    listed = {(function.__module__.removeprefix("sim.model."), function.__name__) for function in rule_module.RULES}
    assert set(functions()) - listed == VERBS
    assert len(listed) == len(rule_module.RULES), "a rule is listed once"


def test_rules_are_left_as_they_were():
    """`@rule` notes a function and gives it back: what is listed is the plain function that its module holds."""
    for function in rule_module.RULES:
        assert inspect.isfunction(function)
        assert getattr(sys.modules[function.__module__], function.__name__) is function


def test_no_rule_calls_itself_by_a_detour():
    """Calls between rules form no circle, which no engine could compile: what must come back goes through `schedule`."""
    assert circle(calls()) == []


def test_a_circle_would_be_found():
    """The check sees a circle when there is one, and sees the calls that there are."""
    graph = calls()
    assert ("police", "due") in graph["happen", "happen"]
    assert ("luck", "exponential") in graph["child", "new_child"]
    graph["clock", "midnight"] = {("happen", "happen")}
    assert circle(graph)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_three_verbs_are_used_and_not_rules(verb):
    """schedule, note and uniform get another body in another engine, so they must not be in the list, and rules must call them by their names."""
    assert any(verb in called for called in calls().values())


def test_every_event_has_a_rule_or_is_only_noted():
    """Each event that can be scheduled is answered by name in `happen`; those it does not name are never scheduled."""
    source = ast.parse((FOLDER / "happen.py").read_text(encoding="utf-8"))
    answered = {node.attr for node in ast.walk(source) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Event"}
    scheduled: set[str] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "schedule":
                scheduled |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr in Event.__members__}
    assert scheduled
    assert scheduled <= answered
    assert answered <= set(Event.__members__)


def test_no_rule_for_harm_return_or_being_found_reads_the_grade():
    """The grade acts only through what people then do: the rules of these three, and every rule they call on the way, read no grade of an episode."""
    graph = calls()
    known = functions()
    roots = [
        ("episode", "set_end"), ("episode", "set_report"), ("episode", "retime_harm"), ("episode", "harmed"),
        ("search", "raw_needed"), ("search", "effort_rate"), ("search", "accrue"), ("search", "changed"),
        ("exploitation", "retime"), ("exploitation", "move"), ("child", "retime_leaving"),
    ]  # fmt: skip
    reached: set[Function] = set()
    todo = list(roots)
    while todo:
        one = todo.pop()
        if one not in reached:
            reached.add(one)
            todo += graph[one]
    grades = {"grade", "call_grade", "first_grade", "truth_grade", "knowable_grade", "shortfall", "bypassed"}
    for one in reached:
        read = {node.attr for node in ast.walk(known[one]) if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("episode", "row")}
        assert not read & grades, one


def test_no_agent_decides_on_the_true_state():
    """The pure decisions take plain numbers: none is given a world, a record or a true state."""
    for (module, name), function in functions().items():
        if module == "decisions":
            names = {argument.arg for argument in function.args.args}
            assert not names & {"w", "p", "world", "child", "state", "episode", "exploited"}, name
            assert not [node for node in ast.walk(function) if isinstance(node, ast.Attribute) and node.attr == "State"], name


def test_the_model_loads_no_engine():
    """The rules are read without NumPy, Numba, SimPy, pandas or SciPy."""
    loaded = run("import sim.model.happen, sim.model.start, sys; print(*sys.modules)").split()
    assert {"numpy", "numba", "simpy", "pandas", "scipy"} & set(loaded) == set()


def test_no_rule_module_imports_an_engine():
    """Nothing of the model imports from anywhere but the model, the scenario, and the standard library's plain parts."""
    allowed = {"__future__", "enum", "math", "typing", "collections", "dataclasses", "scenario"}
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name.partition(".")[0] for alias in node.names} <= allowed, module
            elif isinstance(node, ast.ImportFrom) and node.level != 1:
                assert (node.module or "").partition(".")[0] in allowed, module


def test_the_simpy_engine_never_imports_numba():
    """Where Numba cannot be imported at all, an area starts, runs for a month and is read."""
    code = """
import sys
sys.modules["numba"] = None
from sim import scenario
from sim.engine.interpreted import Area
from sim.model.world import Parameters
s = scenario.load("baseline", overrides={"area.children": [100, 10, 10, 5], "area.reports_per_year": 100.0})
area = Area(Parameters(s.area, s.world, s.practice, s.resources), 1, 0)
area.run(720.0)
print(len(area.tables()["tasks"]) > 0, sys.modules["numba"])
"""
    assert run(code).split() == ["True", "None"]
