"""The app in a real browser: each door's main task from end to end, without a fault that axe finds and without a request to anywhere else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.app.browsing import cut_off, faults, opened, settled, too_wide

docx = pytest.importorskip("docx", reason="the extra report is not installed")
openpyxl = pytest.importorskip("openpyxl")

pytestmark = pytest.mark.slow
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return [one.innerText.trim(), style.outlineStyle != 'none' || style.boxShadow != 'none'];
}"""


@pytest.mark.parametrize("door", ["", "plan", "train", "analyse"])
def test_no_page_has_a_fault_at_any_size(tab, address, axe, door):
    """Wide, on a phone, and at 200% zoom (half of the width of 1280 pixels): axe finds nothing, and nothing has to be scrolled sideways."""
    page = tab()
    opened(page, address, door)
    assert faults(page, axe) == []
    for width in (390, 640):
        page.set_viewport_size({"width": width, "height": 800})
        settled(page)
        assert faults(page, axe) == []


def test_plan_from_end_to_end(tab, address, axe):
    """Compare, read, take everything away and open it; and another tab sees nothing of it."""
    page, other = tab(), tab()
    opened(page, address, "plan")
    opened(other, address, "plan")
    page.get_by_role("button", name="Compare").click()
    table = page.locator("details").filter(has_text="As a table, with both scenarios")
    table.locator("summary").click()
    page.get_by_text("held against published figures for England and Wales").wait_for()
    settled(page)
    assert table.get_attribute("open") is not None, "what is being read was folded away"
    assert faults(page, axe) == []
    assert "Time to first field action" in Path(taken(page, "Report (HTML")).read_text(encoding="utf-8")
    assert openpyxl.load_workbook(taken(page, "Workbook")).sheetnames[0] == "Notes"
    assert "Simulated data" in "".join(one.text for one in docx.Document(taken(page, "Board paper")).paragraphs)
    assert "differences.csv" in zipfile.ZipFile(taken(page, "Data (CSV")).namelist()
    page.set_viewport_size({"width": 390, "height": 800})
    assert too_wide(page) == []
    assert other.get_by_text("What changes: ten headline measures").count() == 0


def taken(page, words: str) -> str:
    """Press a download button; where the file lies."""
    with page.expect_download() as waited:
        page.get_by_role("button", name=words).click()
    folder = Path(waited.value.path()).parent
    waited.value.save_as(folder / waited.value.suggested_filename)
    return str(folder / waited.value.suggested_filename)


@pytest.mark.parametrize(("door", "button"), [("analyse", "Run"), ("train", "Start the exercise")])
def test_a_door_is_reached_by_keyboard(tab, address, door, button):
    """From the top of the page to the button that begins the work with Tab alone; where one is can be seen."""
    page = tab()
    opened(page, address, door)
    for _ in range(60):
        page.keyboard.press("Tab")
        words, seen = page.evaluate(FOCUSED)
        if words == button:
            break
    assert words == button
    assert seen


def test_plan_by_keyboard_alone(tab, address):
    """From the top of the page to the answer with Tab, arrows, space and Enter."""
    page = tab()
    opened(page, address, "plan")
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()"))
        if seen[-1] == "Compare":
            break
    assert seen[-1] == "Compare", seen
    page.keyboard.press("Enter")
    page.get_by_text("What changes: ten headline measures").wait_for()


def test_an_upload_that_is_wrong_or_too_large(tab, address, tmp_path):
    """A wrong file is one message; one that is too large is refused; the page goes on."""
    page = tab()
    opened(page, address, "plan")
    page.get_by_text("From a file").nth(1).click()
    page.get_by_text("No file yet").wait_for()
    box = page.locator("input[type=file]")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('extends = "baseline"\n[practice]\novernigth_activity = 1.0\n')
    box.set_input_files(wrong)
    page.get_by_text("wrong.toml:3: practice.overnigth_activity").wait_for()
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 2_000_000)
    box.set_input_files(large)
    page.get_by_text("must be 1.0MB or smaller").or_(page.get_by_text("too large")).first.wait_for()
    assert page.get_by_text("Traceback").count() == 0


def test_analyse_from_end_to_end(tab, address, axe):
    """A sweep with its figure, which has a name and of which nothing is cut off, on a phone neither; its table, and the data."""
    page = tab()
    opened(page, address, "analyse")
    page.get_by_role("spinbutton", name="Replications").fill("2")
    page.keyboard.press("Enter")
    page.get_by_text("That is 12 simulated years").wait_for()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Take it away").wait_for()
    page.locator(".js-plotly-plot").first.wait_for()
    settled(page)
    assert faults(page, axe) == []
    assert cut_off(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_text("share their luck").locator("visible=true").first.wait_for()
    settled(page)
    drawn = page.locator(".js-plotly-plot").locator("visible=true")
    assert drawn.count() == 2
    assert max(one.bounding_box()["width"] for one in drawn.all()) <= 390
    assert cut_off(page) == []
    assert faults(page, axe) == []
    assert "points.csv" in zipfile.ZipFile(taken(page, "Data (CSV")).namelist()


def test_train_from_end_to_end(tab, address, axe):
    """One case: the decisions one after another, and then what followed, layer by layer."""
    page = tab()
    opened(page, address, "train")
    page.get_by_role("button", name="Start the exercise").click()
    due = page.get_by_role("button", name="Decide, and let the clock run")
    done = page.get_by_text("All decisions are made")
    due.wait_for()
    assert faults(page, axe) == []
    for number in range(1, 6):
        due.or_(done).first.wait_for()
        if done.count():
            break
        page.get_by_role("radio").last.check(force=True)
        page.get_by_role("textbox").fill("What is known so far")
        if number == 1:
            page.get_by_role("button", name="Step out").click()
            page.get_by_text("You have stepped out").wait_for()
            due.wait_for(state="hidden")
            page.get_by_role("button", name="Go on with the exercise").click()
            due.wait_for()
            assert page.get_by_role("textbox").input_value() == "What is known so far"
        due.click()
        page.get_by_text(f"Decision {number + 1}:").or_(done).first.wait_for()
        settled(page)
    for words in ("Show: the same child", "Show: many pairs", "Show: who else", "Go to the debrief"):
        page.get_by_role("button", name=words).click()
        settled(page)
    assert Path(taken(page, "Save your decisions")).name == "decisions.csv"
    assert faults(page, axe) == []
