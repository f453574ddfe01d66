"""The targets: each rests on evidence, says how sure it is, and names what counts it; a wrong file is refused with every fault."""

from __future__ import annotations

import csv
import math
import pickle
from pathlib import Path

import pytest

from sim.calibrate.evidence import evidence
from sim.calibrate.target import Target
from sim.calibrate.target_file import read
from sim.calibrate.targets import not_used, targets
from sim.scenario.errors import ScenarioError
from sim.scenario.library import data

BY_ID = {target.id: target for target in targets()}
COMPLEMENT = {"RK14"}
"""The source gives the misses; the figure is the rest."""
BETWEEN = {"CR12 CR08", "DU02 DU05", "RK01 RK04", "RK02 RK05", "RK03 RK06", "HM07 HM10", "CS05 CS12"}
"""Two sources that differ: the figure lies between them."""
DERIVED = {"RP02 RP03", "RK13 HM03", "HM01 HM03", "PO07 PO04", "CR11 CR10", "RH12 RH15", "RH16", "EP31", "CR16", "DU09"}
"""Computed from the rows or their notes; each has a test of its own below."""

GOOD = """
[[target]]
evidence = "EP03"
quantity = "incidents per child"
unit = "incidents"
published = 2.79
low = 2.4
high = 3.2
tolerance = 0.35
scale = "log"
use = "fit"
kind = "emergent"
measurement = "incidents_per_child"
why = "a reason"
"""


def value(id: str) -> float:
    return evidence()[id].value


# the file of the project


def test_every_piece_of_evidence_is_accounted_for():
    """Each of the 205 is in a target, behind the range of a parameter, or among those not used, with a reason."""
    with (data("calibration") / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        behind = {id for row in csv.DictReader(file) for id in row["evidence"].split()}
    used = {id for target in targets() for id in (*target.evidence, *target.beside)}
    assert set(evidence()) <= used | behind | set(not_used())
    assert not (used | behind) & set(not_used())
    assert all(len(why) > 10 for why in not_used().values())


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.id)
def test_a_target_is_what_the_evidence_says(target):
    """The value of its row, or 100 less it, or within the range that the row gives; with two rows a value between them or derived from them."""
    rows = [evidence()[id] for id in target.evidence]
    if target.id in BETWEEN:
        assert min(row.value for row in rows) < target.published < max(row.value for row in rows)
    elif target.id not in DERIVED:
        (row,) = rows
        exact = target.published == (100.0 - row.value if target.id in COMPLEMENT else row.value)
        assert exact or row.low <= target.published <= row.high
    assert target.low <= target.published <= target.high
    assert target.tolerance > 0
    assert len(target.why) > 20


def test_targets_derived_from_rows_and_their_notes():
    """Arithmetic on what the rows say, and on the numbers in their notes."""
    assert BY_ID["RP02 RP03"].published == value("RP03")
    assert f"top {value('RP02'):g}%" in BY_ID["RP02 RP03"].quantity
    assert BY_ID["HM01 HM03"].published == pytest.approx((100 - value("HM01") + value("HM03")) / 2)
    assert BY_ID["RK13 HM03"].published == pytest.approx((100 - value("RK13")) * 2.85 / 3.8, abs=0.1)
    assert BY_ID["PO07 PO04"].published == pytest.approx(value("PO07") / 327_000, abs=0.2)
    assert BY_ID["EP31"].published == pytest.approx(114 / value("EP31"), abs=0.05)
    assert BY_ID["CR16"].published == pytest.approx(value("CR16") / 73, abs=0.05)
    assert BY_ID["DU09"].published == pytest.approx(100 * value("DU09") / 12_150, abs=0.01)
    shares = [100 * 36_410 / value("CR11"), 100 * 46_400 / value("CR10")]
    assert min(shares) < BY_ID["CR11 CR10"].published < max(shares)
    assert value("RH15") < BY_ID["RH12 RH15"].published < 60
    assert 100 * value("RH16") / 925 < BY_ID["RH16"].published < 100 * value("RH16") / 751


def test_quantiles_are_those_of_their_rows():
    """The percentile of each is in the row's own words."""
    found = [target for target in targets() if target.measurement == "hours_quantile" and target.id != "DU17"]
    assert len(found) == 7
    for target in found:
        percent = dict(target.arguments)["percent"]
        words = evidence()[target.id].quantity
        assert f"{percent}th percentile" in words or (percent == 50 and "median" in words)


def test_a_quarter_to_a_third_is_kept_back_from_every_subject():
    """Of all targets; none of them counts what a fitted one counts; and each subject has some of both."""
    kept = [target for target in targets() if target.use == "validate"]
    fitted = [target for target in targets() if target.use == "fit"]
    assert 0.25 <= len(kept) / len(targets()) <= 0.345
    assert not {(t.measurement, t.arguments) for t in kept} & {(t.measurement, t.arguments) for t in fitted}
    for subject in ("EP", "RP", "CR", "DU", "RK", "CS", "RH", "SC"):
        assert any(target.id.startswith(subject) for target in kept), subject
        assert any(target.id.startswith(subject) for target in fitted), subject


def test_what_is_kept_back_is_settled():
    """The choice was made before any fit and is not to change: docs/decisions/0005."""
    kept = [target.id for target in targets() if target.use == "validate"]
    page = (Path(__file__).parents[2] / "docs" / "decisions" / "0005-targets-and-what-is-kept-back.md").read_text(encoding="utf-8")
    assert len(kept) == 24
    for id in kept:
        assert f"`{id}`" in page, id


def test_a_weak_source_is_called_weak():
    """The confidence of a target is that of the weakest row it rests on."""
    assert BY_ID["RP04"].confidence == "primary"
    assert BY_ID["RK13 HM03"].confidence == "primary"
    assert BY_ID["CR12 CR08"].confidence == "secondary"


def test_targets_travel():
    """A worker process gets the same targets."""
    assert pickle.loads(pickle.dumps(targets())) == targets()


# errors


def test_errors_are_counted_in_tolerances():
    """At the published value none; one tolerance above it one, on its scale; half of a quantity is as far as double on the log scale."""
    for target in targets():
        assert target.error(target.published) == 0.0
        assert target.error(target.published + 0.01 * target.tolerance) == pytest.approx(0.01, rel=0.02)
    hours = BY_ID["DU12"]
    assert hours.error(2 * hours.published) == pytest.approx(-hours.error(hours.published / 2))
    share = BY_ID["CR02"]
    assert share.error(36.0 + 4.5) == pytest.approx(1.0, rel=0.1)
    assert BY_ID["RH16"].error(92) == pytest.approx(1.0)


def test_errors_are_finite():
    """Also where a scale has no end: none of a share, none of a quantity."""
    for target in targets():
        assert math.isfinite(target.error(0.0))
        assert math.isfinite(target.error(100.0))
        assert math.isnan(target.error(math.nan))


# wrong files


def written(folder: Path, text: str) -> Path:
    path = folder / "targets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(written(folder, text))
    return str(caught.value)


def test_a_good_file_is_read(tmp_path):
    """The example on which the wrong ones are built."""
    (target,), reasons = read(written(tmp_path, GOOD))
    assert isinstance(target, Target)
    assert (target.id, target.published, target.arguments, reasons) == ("EP03", 2.79, (), {})


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"EP03"', '"EP99"', '"EP99" is not in evidence.csv'),
        ('"incidents_per_child"', '"incidents_per_kid"', '"incidents_per_kid" is not a measurement'),
        ("tolerance = 0.35", "tolerance = 0", "tolerance 0 is not allowed"),
        ("tolerance = 0.35", "tolerance = -1.0", "tolerance -1 is not allowed"),
        ("tolerance = 0.35", 'tolerance = "wide"', "tolerance must be a number"),
        ("low = 2.4", "low = 2.9", "does not hold 2.79"),
        ('scale = "log"', 'scale = "cubic"', "allowed: linear, log, logit"),
        ('scale = "log"\n', "", '"scale" is missing'),
        ('use = "fit"', 'use = "both"', "allowed: fit, validate"),
        ('kind = "emergent"', "kind = 3", "allowed: emergent, input"),
        ('why = "a reason"', 'why = " "', "why must be words in quotes"),
        ('why = "a reason"', 'why = "a reason"\ncolour = "blue"', 'unknown key "colour"'),
        ('why = "a reason"', 'why = "a reason"\nbeside = ["EP00"]', '"EP00" is not in evidence.csv'),
        ('why = "a reason"', 'why = "a reason"\nbeside = [["EP11"]]', "beside must be a list of evidence ids"),
        ('why = "a reason"', 'why = "a reason"\narguments = { group = "dogs" }', 'group = "dogs" is not allowed'),
        ('why = "a reason"', 'why = "a reason"\narguments = { size = 3 }', 'does not take "size"'),
        ('why = "a reason"', 'why = "a reason"\narguments = { hours = "long" }', "allowed: a number"),
        ('why = "a reason"', 'why = "a reason"\narguments = { hours = [1] }', "allowed: a number"),
        ("published = 2.79\nlow = 2.4", "published = 0\nlow = 0", "has no logarithm"),
        ('measurement = "incidents_per_child"', 'measurement = "top_share"', "top_share needs percent"),
        ("published = 2.79", "published = nan", "not a usable number"),
    ],
)
def test_a_wrong_target_is_refused(tmp_path, before, after, told):
    """With the target that it is in, what is wrong, and what is allowed; never a traceback."""
    assert before in GOOD
    message = refused(tmp_path, GOOD.replace(before, after))
    assert told in message
    assert "targets.toml" in message


def test_two_targets_that_contradict_each_other(tmp_path):
    """The same measurement cannot be 2.79 and 9; at 2.9 both can be met."""
    other = GOOD.replace('"EP03"', '"EP15"').replace("low = 2.4", "low = 2.0").replace("high = 3.2", "high = 9.9")
    message = refused(tmp_path, GOOD + other.replace("published = 2.79", "published = 9.0"))
    assert "EP03 (2.79) and EP15 (9) contradict each other" in message
    assert len(read(written(tmp_path, GOOD + other.replace("published = 2.79", "published = 2.9")))[0]) == 2


def test_twice_the_same_target(tmp_path):
    """By its id, or by measurement and value under another id; an argument that is left out is the one it stands at."""
    assert "EP03 and EP03 are the same target twice" in refused(tmp_path, GOOD + GOOD)
    again = GOOD.replace('"EP03"', '"EP15"') + 'arguments = { group = "all" }\n'
    assert "EP03 and EP15 are the same target twice" in refused(tmp_path, GOOD + again)


def test_every_fault_is_told_at_once(tmp_path):
    """Two wrong targets, two lines, each with its number."""
    message = refused(tmp_path, GOOD.replace('"EP03"', '"XX01"') + GOOD.replace("0.35", "0"))
    assert "target 1 (XX01)" in message
    assert "target 2 (EP03)" in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\n" + GOOD, "unknown table"),
        ("target = 3", "the file has no target"),
        (GOOD + '[[not_used]]\nevidence = ["EP03"]\nwhy = "a reason"\n', "EP03 is used by a target"),
        (GOOD + '[[not_used]]\nevidence = ["ZZ01"]\nwhy = "a reason"\n', '"ZZ01" is not in evidence.csv'),
        (GOOD + '[[not_used]]\nevidence = ["EP01"]\nwhy = ""\n', "why, in words"),
        ("", "the file is empty"),
        ("[[target", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text, told):
    """As a whole: unknown tables, no target, evidence used and not used at once."""
    assert told in refused(tmp_path, text)
