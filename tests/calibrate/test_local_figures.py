"""A planner's own figures: aggregates only, and every fault told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.calibrate.local import leave, weighed
from sim.calibrate.local_figures import local_figures
from sim.calibrate.targets import targets
from sim.experiment.posterior import posterior
from sim.scenario.errors import ScenarioError


def read(tmp_path: Path, text: str, name: str = "ours.toml") -> dict[str, float]:
    """The values by id."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {one.target.id: one.value for one in local_figures(path, targets()).figures}


def test_figures_are_named_by_id_or_in_words_and_given_as_values_or_counts(tmp_path: Path) -> None:
    """One id of two is enough, and a share may come as its two counts."""
    text = '[figures]\nRH01 = 45\nRK01 = { value = 12.5, n = 900 }\nRH02 = { count = 300, of = 400 }\ngraded_medium = { value = 70, plus_minus = 5 }'
    assert read(tmp_path, text) == {"RH01": 45.0, "RK01 RK04": 12.5, "RH02": 75.0, "RK02 RK05": 70.0}


def test_counts_of_the_area_give_the_ratios_that_follow_from_them(tmp_path: Path) -> None:
    """Episodes for each child, and shares of children in care."""
    found = read(tmp_path, "[area]\nepisodes = 3000\nepisodes_in_care = 1200\nchildren = 1000\nchildren_in_care = 250")
    assert found == {"CR02": 40.0, "CR01": 25.0, "EP03": 3.0, "CR12 CR08": 4.8}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[figures]\nRH01 = 145", "RH01: is a share; allowed: 0 to 100"),
        ("[figures]\nRH01 = -2", "RH01: is a share; allowed: 0 to 100"),
        ("[figures]\nEP03 = -2", "EP03: is below 0"),
        ("[figures]\nRH99 = 3", 'RH99: is not a figure that the model is held to; near it'),
        ("[figures]\nRH01 = 40\n\"episodes with a return home interview\" = 41", "is given twice"),
        ("[figures]\nRH02 = { count = 4, of = 400 }", "a count under 10 may point to a child"),
        ("[figures]\nRH02 = { count = 395, of = 400 }", "leaves under 10"),
        ("[figures]\nRH02 = { count = 500, of = 400 }", "count is more than of"),
        ("[figures]\nRH02 = { share = 0.4 }", "cannot be read"),
        ("[figures]\nEP03 = { count = 50, of = 400 }", "is not a share"),
        ("[area]\nepisodes = 300\nepisodes_in_care = 400", "area.episodes_in_care: is more than episodes"),
        ("[area]\nepisodes = 6", "area.episodes: is a count under 10"),
        ("[area]\nepisodes = 300", "there is no figure in the file"),
        ("[[children]]\nage = 14", "holds records, and only aggregates are read"),
        ("[figures]\nEP03 = [1, 2, 3]", "holds records, and only aggregates are read"),
        ("[people]\nx = 1", "people: has no place here"),
    ],
)
def test_what_is_not_an_aggregate_or_cannot_be_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """Each with where it is and what is allowed."""
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, text)
    assert words in str(refused.value)


def test_a_table_of_records_is_refused_unread(tmp_path: Path) -> None:
    """Whatever is in it."""
    with pytest.raises(ScenarioError, match="holds records, and only aggregates are read"):
        read(tmp_path, "name,age\n", "children.csv")


def test_a_small_count_is_not_repeated_in_the_message(tmp_path: Path) -> None:
    """The message says where, not how many."""
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, "[figures]\nRH02 = { count = 7, of = 432 }")
    assert "7" not in str(refused.value).replace(str(tmp_path), "").split("RH02", 1)[1]
    assert "432" not in str(refused.value)
    with pytest.raises(ScenarioError, match="not valid TOML") as refused:
        read(tmp_path, "child,age\nA. Example,14\n")
    assert "Example" not in str(refused.value)
    assert "child," not in str(refused.value)


def test_figures_that_no_draw_meets_together_are_told(tmp_path: Path) -> None:
    """Each alone is within reach: many repeats, and few incidents a child. What is left draws and holds the same values as the package."""
    alone = ["RP01 = { value = 82, plus_minus = 0.5 }", "EP03 = { value = 2.2, plus_minus = 0.05 }"]
    notices = []
    for some in ([alone[0]], [alone[1]], alone):
        path = tmp_path / "ours.toml"
        path.write_text("\n".join(["[figures]", *some]), encoding="utf-8")
        found = weighed(local_figures(path, targets()))
        notices.append(found.notices)
    assert ["contradict one another" in " ".join(told) for told in notices] == [False, False, True]
    assert not any("lies beyond" in one for told in notices for one in told)
    leave(found, tmp_path / "out")
    assert posterior(tmp_path / "out" / "posterior.parquet").usual == posterior().usual
