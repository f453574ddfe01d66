"""Things that planners come to do, from an open page to the answer, without an error and without a traceback."""

from __future__ import annotations

import io
import zipfile

import pytest

from sim.app import downloads, uploads
from sim.outcomes.catalogue import HEADLINES, MEASURES
from sim.scenario.difference import differences, values

pytestmark = pytest.mark.slow
BETTER = b'extends = "baseline"\n[about]\ntitle = "Nights <b>as</b> days"\nsummary = ""\nkind = "practice"\n[practice]\novernight_activity = 0.8\n'


def test_1_compare_usual_with_good_practice(desk):
    """The first page, one button: ten headline measures in words, what differs, who loses, cost, limits, check."""
    words = desk.open("plan").compare().words
    for id in HEADLINES:
        assert f"{MEASURES[id].label}:" in words
    for heading in ("What explains it", "Who loses", "Cost", "How sure: what is luck, and what is not known", "Check against reality"):
        assert heading in words
    assert "Simulated data" in words
    assert desk.job("plan/job").state == "done"


def test_2_put_in_local_figures(desk):
    """Staff and demand of one's own area reach every scenario of the comparison, and the check goes through where nobody does interviews."""
    desk.open("plan").set("number_input", "local/small-force/resources.interviewers", 0)
    desk.set("number_input", "local/small-force/resources.response_units.2", 4)
    desk.set("number_input", "local/small-force/area.reports_per_year", 1700.0).compare()
    for scenario in desk.result.plan.scenarios:
        assert scenario.resources.response_units[2] == 4
        assert scenario.area.reports_per_year == 1700.0
    assert desk.job("plan/job").state == "done"


def test_3_try_a_change_and_take_its_file_away(desk):
    """Slider and box move together; the file gives the same scenario back."""
    key = "B/good-practice/practice.overnight_activity"
    desk.open("plan").set("radio", "B/way", "Own changes").set("slider", f"{key}/slider", 70.0)
    assert desk.at.number_input(key=f"{key}/box").value == 70.0
    desk.set("number_input", f"{key}/box", 65.0)
    assert desk.at.slider(key=f"{key}/slider").value == 65.0
    desk.compare()
    own = desk.result.plan.scenarios[1]
    assert own.practice.overnight_activity == 0.65
    chosen = desk.at.session_state["plan/asked"].chosen[1]
    assert values(uploads.scenario("again.toml", chosen.text.encode())) == values(own)


def test_4_compare_four_ways_of_working(desk):
    desk.open("plan").set("radio", "plan/count", 4).compare()
    assert len(desk.result.names) == 4
    desk.set("radio", "plan/which", desk.result.names[3])
    assert "no different" in desk.words or "likely" in desk.words


def test_5_compare_a_file_of_ones_own(desk):
    """A title with tags in it stands on the page as text."""
    desk.open("plan").set("radio", "B/way", "From a file").upload("B/file", "nights.toml", BETTER).compare()
    assert desk.result.names == ["baseline", "nights"]
    assert "Nights &lt;b&gt;as&lt;/b&gt; days" in desk.words
    assert "<b>as</b>" not in desk.words


def test_6_put_a_wrong_file_right(desk):
    """One message with line and nearest key; Compare waits until it is put right."""
    desk.open("plan").set("radio", "B/way", "From a file")
    desk.upload("B/file", "nights.toml", BETTER.replace(b"overnight", b"overnigth"))
    assert "nights.toml:7: practice.overnigth_activity" in desk.words
    assert desk.at.button(key="plan/go").disabled
    desk.upload("B/file", "nights.toml", BETTER)
    assert not desk.at.button(key="plan/go").disabled


def test_6_set_a_finding_against_what_it_may_be_set_against(desk):
    """Against no other finding: one message, and Compare waits until scenario A is another."""
    desk.open("plan").set("selectbox", "A/name", "durham-2020-03").set("selectbox", "B/name", "merseyside-2019")
    assert "merseyside-2019: is about a published finding, and durham-2020-03 about another" in desk.words
    assert "choose as scenario A one that is no finding" in desk.words
    assert desk.at.button(key="plan/go").disabled
    desk.set("selectbox", "B/name", "good-practice")
    assert not desk.at.button(key="plan/go").disabled
    desk.set("radio", "plan/count", 3).set("selectbox", "A/name", "baseline").set("selectbox", "B/name", "merseyside-2019")
    assert not desk.at.button(key="plan/go").disabled


def test_7_change_ones_mind(desk, results):
    """A second comparison takes the place of the first, which stays in the results folder."""
    desk.open("plan").compare().set("selectbox", "B/name", "no-overnight").compare()
    assert desk.result.names == ["baseline", "no-overnight"]
    kept = {folder.name for folder in results.iterdir()}
    assert any(name.startswith("compare-baseline-good-practice") for name in kept)
    assert any(name.startswith("compare-baseline-no-overnight") for name in kept)


def test_8_ask_what_does_most(desk):
    """The difference is split among what differs, on the page."""
    key = "B/baseline/practice.overnight_activity/box"
    desk.open("plan").set("radio", "B/way", "Own changes").set("selectbox", "B/name", "baseline").set("number_input", key, 90.0)
    desk.compare()
    assert len(differences(*desk.result.plan.scenarios)) == 1
    go = next(one.key for one in desk.at.button if str(one.key).startswith("plan/explain") and str(one.key).endswith("/go"))
    desk.press(go).wait(go.removesuffix("/go"))
    assert desk.job(go.removesuffix("/go")).state == "done"


def test_9_take_report_workbook_and_data_away(desk):
    result = desk.open("plan").compare().result
    page = downloads.report(result).decode()
    assert "Under-grading" in page
    assert "<script src" not in page
    assert "<link" not in page
    assert zipfile.ZipFile(io.BytesIO(downloads.excel(result))).testzip() is None
    assert downloads.has_word(result)
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(downloads.word(result))).namelist()
    data = zipfile.ZipFile(io.BytesIO(downloads.data(result)))
    assert {"measures.csv", "differences.csv"} <= set(data.namelist())
    assert b"simulated" in data.read("differences.csv")


def test_10_see_what_one_decision_does(desk):
    """The Analyse door: a sweep with its figure in words, its table, its command and its Python."""
    desk.open("analyse").set("number_input", "analyse/amount/sweep", 2).set("multiselect", "analyse/measures", ["T2"])
    desk.press("analyse/go").wait("analyse/job")
    assert desk.job("analyse/job").state == "done", desk.job("analyse/job").error
    assert "missing-sim sweep baseline --lever practice.desk_based_share --measure T2 --area small-force --replications 2" in desk.words
    assert "Time to first field action" in desk.words


def test_12_analyse_a_file_of_ones_own(desk):
    """A wrong file is the same message as on Plan, and nothing can be run; a right one is analysed, and command, Python and file name it alike."""
    desk.open("analyse").set("radio", "analyse/way", "From a file").set("number_input", "analyse/amount/sweep", 2)
    desk.upload("analyse/file", "our nights.toml", BETTER.replace(b"overnight", b"overnigth"))
    assert "our-nights.toml:7: practice.overnigth_activity" in desk.words
    assert "analyse/go" not in {one.key for one in desk.at.button}
    desk.upload("analyse/file", "our nights.toml", BETTER).press("analyse/go").wait("analyse/job")
    assert desk.job("analyse/job").state == "done", desk.job("analyse/job").error
    found = desk.job("analyse/job").results["findings"]
    assert (found.plan.baseline.name, found.plan.baseline.practice.overnight_activity) == ("our-nights", 0.8)
    assert "missing-sim sweep ./our-nights.toml --lever practice.desk_based_share" in desk.words
    assert [one.label for one in desk.at.get("download_button")][-1] == "Download our-nights.toml"
    desk.set("radio", "analyse/method", "tornado").set("number_input", "analyse/amount/tornado", 100)
    assert "missing-sim sensitivity tornado ./our-nights.toml" in desk.words


def test_11_ask_what_more_people_would_buy(desk):
    """One scenario and two night officers: the answer says what they cost, and the command asks for the same."""
    desk.open("plan").set("radio", "plan/count", 1)
    assert desk.at.button(key="plan/go").disabled
    desk.set("number_input", "posts/night-officers", 2)
    assert not desk.at.button(key="plan/go").disabled
    desk.compare()
    before, after = (scenario.resources.response_units for scenario in desk.result.plan.scenarios)
    assert after == (before[0], before[1], before[2] + 2)
    assert "2 night officers, beside those of" in desk.words
    assert "--posts night-officers=2" in desk.words
    assert "answers the earlier choice" not in desk.words
    desk.set("number_input", "posts/night-officers", 3)
    assert "answers the earlier choice" in desk.words


def test_13_see_what_nothing_beats_for_the_money(desk):
    """A frontier over posts within a budget: the figure in words with pounds, the table with people, the command and the Python."""
    desk.open("analyse").set("radio", "analyse/method", "frontier").set("number_input", "analyse/amount/frontier", 2)
    desk.set("number_input", "analyse/posts/night-officers", 1).set("number_input", "analyse/budget", 400_000)
    desk.set("multiselect", "analyse/measures", [])
    assert "That is 8 simulated years" in desk.words
    desk.press("analyse/go").wait("analyse/job")
    assert desk.job("analyse/job").state == "done", desk.job("analyse/job").error
    assert "missing-sim frontier baseline --posts night-officers=0:1 --posts interviewers=0:1 --budget 400000 --area small-force" in desk.words
    assert "{'night-officers': '0:1', 'interviewers': '0:1'}, budget=400000, area='small-force'" in desk.words
    assert "Within £400,000 a year" in desk.words
    assert "1 night officer and 1 interviewer" in desk.words
    desk.set("number_input", "analyse/posts/night-officers", 0).set("number_input", "analyse/posts/interviewers", 0)
    assert "analyse/go" not in {one.key for one in desk.at.button}
    desk.set("number_input", "analyse/posts/day-officers", 9).set("number_input", "analyse/posts/desk-day", 9)
    assert "100 combinations are asked for; allowed: at most 64" in desk.words
