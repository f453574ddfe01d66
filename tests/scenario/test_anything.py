"""Whatever a file holds, it is either a scenario or an error that says why not."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import ScenarioError, json_schema, load
from sim.scenario.limits import keys

KEYS = st.sampled_from(keys(json_schema())) | st.from_regex(r"[a-z_]{1,8}(\.[a-z_]{1,8}){0,2}", fullmatch=True)
SCALARS = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.text(st.characters(codec="ascii", categories=["L", "N", "Zs"]), max_size=8).map(lambda text: f'"{text}"'),
    st.sampled_from(["1979-05-27", "07:32:00", "{}", "{ a = 1 }", "1e400"]),
)
VALUES = SCALARS | st.lists(SCALARS, max_size=25).map(lambda items: f"[{', '.join(items)}]")
SETTINGS = st.lists(st.tuples(KEYS, VALUES).map(" = ".join), max_size=8).map("\n".join)


def answered(data: bytes) -> bool:
    """Whether a file of `data` loads or is refused with a message for every problem; any other exception passes through."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.toml"
        path.write_bytes(data)
        try:
            return load(path).name == "any"
        except ScenarioError as error:
            return all(problem.path and problem.problem for problem in error.problems) and len(str(error)) < 20_000


@settings(deadline=None)  # the first example loads the schema
@given(st.binary(max_size=300))
def test_any_bytes(data):
    """Bytes of any kind are answered."""
    assert answered(data)


@settings(deadline=None)  # the first example loads the schema
@given(st.text(max_size=300))
def test_any_text(text):
    """Text of any kind is answered."""
    assert answered(text.encode("utf-8", "ignore"))


@settings(deadline=None)  # the first example loads the schema
@given(SETTINGS)
def test_any_settings(written):
    """Keys with values of any kind, laid over the baseline, are answered."""
    assert answered(f'extends = "baseline"\n{written}'.encode())
