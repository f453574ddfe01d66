"""An exercise in a browser: done by keyboard alone, left and come back to, in two windows, without storage, with absurd answers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sim import __version__
from tests.pack.walking import begin, decide, records, run_clock, stage, tab_to, through
from tests.report.formulas import FORMULAS, PLAIN

REFUSED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }});
}
"""
EARLIER = """
const held = Object.entries(localStorage).find(([key]) => /:case-1:/.test(key) && !/:here:/.test(key));
localStorage.setItem(held[0].replace(/[^:]*$/, "earlier"), held[1]);
localStorage.setItem(held[0].replace("case-1", "case-2"), held[1].replaceAll("case-1", "case-2"));
"""
ABSURD = '=HYPERLINK("x") <script>window.ran = 1</script><img src=x onerror="window.ran = 1">\u202e\0 \U0001f9d2,"\r\n' + "@" * 100_000


def test_a_whole_exercise_by_keyboard_alone(exercise, code):
    """With visible focus at every stop; each stage takes the focus to its heading."""
    press = exercise.keyboard.press
    tab_to(exercise, "#begin button")
    press("Enter")
    for point in (1, 2, 3):
        assert stage(exercise) == f"point-{point}"
        assert exercise.evaluate("document.activeElement.id") == f"point-{point}-heading"
        tab_to(exercise, ".stage input[type=radio]")
        press("Space")
        press("ArrowDown")
        tab_to(exercise, ".stage textarea")
        exercise.keyboard.type("Known: the coat.")
        tab_to(exercise, ".stage form button")
        press("Enter")
        if point < 3:
            assert stage(exercise) == f"run-{point + 1}"
            tab_to(exercise, "[data-act=next]")
            while exercise.evaluate("document.activeElement.dataset.act") == "next":
                press("Enter")
            assert exercise.evaluate("document.activeElement.dataset.act") == "decide"
            press("Enter")
    assert stage(exercise) == "wait"
    tab_to(exercise, "#code")
    exercise.keyboard.type(code.lower())
    press("Enter")
    for layer in (1, 2, 3, 4):
        assert exercise.evaluate("document.activeElement.id") == f"layer-{layer}-heading"
        tab_to(exercise, "[data-act=on]")
        press("Enter")
    assert stage(exercise) == "debrief"
    assert [one["choice"] for one in records(exercise)[0]["decisions"].values()] == ["low", "no", "no"]


def test_a_decision_needs_a_choice_and_reasons(exercise):
    """Both are asked for in words, at the top and at the field, and nothing is recorded."""
    begin(exercise)
    exercise.click(".stage:visible form button >> nth=0")
    assert exercise.locator(".errors:visible li").all_inner_texts() == ["Choose one", "Write your reasons, in a few words if you like"]
    exercise.click(".errors:visible a >> nth=1")
    assert exercise.evaluate("document.activeElement.id") == "reasons-1"
    decide(exercise, 1, "   \n ")
    assert stage(exercise) == "point-1"
    assert exercise.locator(".errors:visible li").count() == 1
    assert all(not one["decisions"] for one in records(exercise))
    decide(exercise, 1, "Known to nobody")
    assert stage(exercise) == "run-2"


def test_nothing_of_what_followed_is_shown_before_the_facilitator_says_so(exercise, code):
    """Not by a wrong code either. After the right one, the learner's own line is the one that was simulated."""
    begin(exercise)
    decide(exercise, 3, "High, for the flag")
    run_clock(exercise)
    decide(exercise)
    run_clock(exercise)
    decide(exercise)
    assert stage(exercise) == "wait"
    exercise.fill("#code", "BBBB")
    exercise.click("#unlock button")
    assert exercise.locator("#code-error").inner_text() == "This is not the code of this case"
    assert "found by police" not in exercise.locator("main").inner_text()
    exercise.reload()
    assert stage(exercise) == "wait"
    exercise.fill("#code", " ".join(code))
    exercise.click("#unlock button")
    assert stage(exercise) == "layer-1"
    shown = exercise.locator("#own").inner_text()
    assert "Graded high by the call-taker" in shown
    assert "Referral received" in shown
    assert exercise.locator("#decisions tr >> nth=0").inner_text().split("\t") == ["The first grade", "High", "High, for the flag", "Low"]


def test_alone_nobody_has_to_wait(exercise):
    """Who works without a facilitator goes on by themselves, and can look up other lines."""
    begin(exercise, alone=True)
    for _ in range(2):
        decide(exercise)
        run_clock(exercise)
    decide(exercise)
    exercise.click("[data-act=reveal]")
    exercise.click("#steps [data-act=on]")
    exercise.click("#other-lines summary")
    exercise.select_option("#branch-1", "medium")
    exercise.click("#branch button")
    assert "Graded medium by the call-taker" in exercise.locator("#branched").inner_text()


def test_a_reload_goes_on_where_it_was(exercise):
    """In the middle of the clock, and in the middle of an answer."""
    begin(exercise)
    decide(exercise, 2, "First reasons")
    exercise.click(".stage:visible [data-act=next]")
    exercise.reload()
    assert stage(exercise) == "run-2"
    assert exercise.locator(".stage:visible .arrival:visible").count() == 1
    run_clock(exercise)
    exercise.locator(".stage:visible textarea").fill("Half an ans")
    exercise.reload()
    assert stage(exercise) == "point-2"
    assert exercise.locator(".stage:visible textarea").input_value() == "Half an ans"
    assert "First reasons" in exercise.locator(".stage:visible .so-far").inner_text()
    assert len(records(exercise)) == 1


def test_two_windows_overwrite_nothing(exercise, pack):
    """A second window is a record of its own; a copy of a window that goes on parts from it, and says so."""
    begin(exercise)
    decide(exercise, 0, "In the first window")
    second = exercise.context.new_page()
    second.goto((pack / "case-1.html").as_uri())
    begin(second)
    decide(second, 1, "In the second window")
    assert sorted(one["decisions"]["grade"]["reasons"] for one in records(exercise)) == ["In the first window", "In the second window"]
    with exercise.context.expect_page() as opened:
        exercise.evaluate("window.open(location.href)")
    copy = opened.value
    copy.wait_for_selector(".stage:visible")
    assert stage(copy) == "run-2"
    run_clock(copy)
    decide(copy, 0, "In the copy")
    run_clock(exercise)
    decide(exercise, 1, "In the first window, again")
    kept = [[decision["reasons"] for decision in one["decisions"].values()] for one in records(exercise)]
    assert sorted(kept) == [["In the first window", "In the copy"], ["In the first window", "In the first window, again"], ["In the second window"]]
    assert "nothing is overwritten" in exercise.locator("#notices").inner_text()


def test_without_storage_it_goes_on_and_says_so(computer, pack, code):
    """The whole exercise, its record in memory, and a file at the end."""
    context = computer(accept_downloads=True)
    context.add_init_script(REFUSED)
    page = context.new_page()
    page.goto((pack / "case-1.html").as_uri())
    assert "does not let the page keep anything" in page.locator("#notices").inner_text()
    stages = list(through(page, code))
    assert stages[-1] == "debrief"
    with page.expect_download() as saved:
        page.click("[data-save=json]")
    held = json.loads(saved.value.path().read_text("utf-8"))
    assert len(held["records"][0]["decisions"]) == 3


def test_absurd_answers_stay_text(exercise, code):
    """Markup does not run, what is too long is cut with a notice, and a spreadsheet finds no formula. The file as JSON holds no name and says that
    the case is simulated; what a learner deletes is gone, with
    what was kept of the case in a window that is closed, and other cases stay."""
    for name in through(exercise, code, ABSURD):
        if name == "run-2":
            assert "were cut off" in exercise.locator("#notices").inner_text()
        if name == "layer-1":
            assert "<script>" in exercise.locator("#decisions").inner_text()
    assert exercise.evaluate("window.ran") is None
    exercise.fill("#own-note", "+note")
    exercise.locator("#own-note").blur()
    with exercise.expect_download() as saved:
        exercise.click("[data-save=csv]")
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    assert all(row["reasons"].startswith("'") for row in rows)
    assert rows[0]["reasons"][1:].startswith('=HYPERLINK("x") <script>')
    kept = records(exercise)[0]["decisions"]["grade"]
    assert len(kept["reasons"]) == 4000
    assert kept["cut"] == len(ABSURD.replace("\r\n", "\n")) - 4000
    assert rows[0]["characters_cut"] == str(kept["cut"])
    assert not [row for row in rows for value in row.values() if value[:1] in "=+-@" and value]
    asked = [*FORMULAS, *filter(None, PLAIN)]
    table = exercise.evaluate("notes => window.pack.asTable(notes.map(note => ({decisions: {}, note})))", asked).removeprefix("\ufeff")
    noted = [row["reasons"] for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert noted == [f"'{text}" if text in FORMULAS else text for text in asked]
    with exercise.expect_download() as saved:
        exercise.click("[data-save=json]")
    held = json.loads(saved.value.path().read_text("utf-8"))
    assert held["about"].startswith(f"Simulated data. missing-sim {__version__}, pack ")
    assert "No record of a real child was used" in held["about"]
    assert set(held["records"][0]) == {"format", "pack", "case", "session", "begun", "mode", "decisions", "note", "noteCut"}
    exercise.evaluate(EARLIER)
    exercise.on("dialog", lambda dialog: dialog.accept())
    with exercise.expect_navigation():
        exercise.click("[data-act=forget]")
    assert stage(exercise) == "brief"
    assert [one["case"] for one in records(exercise)] == ["case-2"]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_clock_runs_by_itself_and_stops_for_a_decision(computer, pack, motion):
    """Also for whoever wants no motion: there it goes from hour to hour without counting."""
    page = computer(reduced_motion=motion).new_page()
    page.clock.install()
    page.goto((pack / "case-1.html").as_uri())
    begin(page)
    decide(page)
    seen = {page.locator("#clock").inner_text()}
    for _ in range(80):
        page.clock.run_for(500)
        seen.add(page.locator("#clock").inner_text())
    assert page.locator("#clock").inner_text() == "Tuesday, 22:56"
    assert page.locator(".stage:visible [data-act=decide]").is_visible()
    assert stage(page) == "run-2"
    assert (len(seen) == 4) is (motion == "reduce")
