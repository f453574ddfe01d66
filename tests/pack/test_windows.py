"""A facilitator's page and the windows it speaks to; pages that look right in every state; pages whose files are missing."""

from __future__ import annotations

import shutil

import pytest

from tests.pack.walking import begin, decide, faults, records, run_clock, stage, through, too_wide

SILENT = """
delete window.BroadcastChannel;
window.addEventListener = new Proxy(window.addEventListener, {
  apply(listen, self, given) { return ["storage", "message"].includes(given[0]) ? undefined : Reflect.apply(listen, self, given); },
});
"""
SPARE = """
() => {
  const select = document.getElementById("case"), look = getComputedStyle(select), pen = document.createElement("canvas").getContext("2d");
  pen.font = look.font;
  const longest = Math.max(...Array.from(select.options, (one) => pen.measureText(one.text).width));
  return select.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight) - 20 - longest;
}
"""
SIZES = ((1280, 720), (390, 844), (320, 640))
PAGES = ("index.html", "facilitator.html", "injects.html", "notes.html", "case-1.html", "case-2.html", "case-3.html")


@pytest.fixture
def desk(computer, pack):
    """The facilitator's page."""
    page = computer().new_page()
    page.goto((pack / "facilitator.html").as_uri())
    return page


def opened(desk, button: str):
    desk.bring_to_front()
    with desk.context.expect_page() as found:
        desk.click(button)
    found.value.wait_for_selector(".stage:visible")
    return found.value


def decided(page):
    """A learner who waits for what followed."""
    begin(page)
    for _ in range(2):
        decide(page)
        run_clock(page)
    decide(page)
    return page


def too_wide_at_any_size(page) -> dict[tuple[int, int], list[str]]:
    """What scrolls sideways at each of SIZES; the page is left at the first."""
    found = {}
    for size in reversed(SIZES):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found[size] = too_wide(page)
    return {size: one for size, one in found.items() if one}


def test_no_page_and_no_state_has_a_fault(computer, pack, code, axe):
    """Axe finds no violation of WCAG 2.2 AA, and nothing scrolls sideways on a projector, on a telephone or at 400% zoom: every page, every stage,
    errors, large text, stepped out."""
    context = computer()
    found, wide = {}, {}
    for name in PAGES[:5]:
        page = context.new_page()
        page.goto((pack / name).as_uri())
        found[name] = faults(page, axe)
        wide[name] = too_wide_at_any_size(page)
    for name in through(page, code, "x" * 4100):
        found[name] = faults(page, axe)
        wide[name] = too_wide_at_any_size(page)
        if name == "point-1":
            page.locator(".stage:visible form button").first.click()
            found["errors"] = faults(page, axe)
        page.click("#projector")
        if name in ("point-2", "layer-2", "layer-3"):
            found[f"{name} in large text"] = faults(page, axe)
        wide[f"{name} in large text"] = too_wide_at_any_size(page)
        page.click("#projector")
    page.click("#step-out")
    found["stepped out"] = faults(page, axe)
    assert {name: one for name, one in found.items() if one} == {}
    assert {name: one for name, one in wide.items() if one} == {}
    assert len(wide) == 5 + 2 * 12


def test_each_page_can_be_used_within_a_second(computer, pack):
    """From the disk, with its script run: the quickest of three times, for this is about the page and not about what else the machine does."""
    page = computer().new_page()
    for name in PAGES:
        times = []
        for _ in range(3):
            page.goto((pack / name).as_uri())
            times.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart"))
        assert 0 < min(times) < 1000, name


def test_the_facilitator_holds_what_followed(desk):
    """Learners on this computer wait, see one layer at a time, and no more than was shown; it can be hidden again."""
    learner = decided(opened(desk, "#open-learner"))
    assert stage(learner) == "wait"
    desk.bring_to_front()
    desk.click("[data-layer='2']")
    learner.wait_for_selector("[data-stage=layer-2]:visible")
    assert learner.locator("#steps [data-act=on]").is_disabled()
    assert learner.locator("#steps [data-act=on]").inner_text() == "Wait for your facilitator"
    learner.click("#steps [data-act=back]")
    assert stage(learner) == "layer-1"
    desk.click("[data-layer='0']")
    learner.wait_for_selector("[data-stage=wait]:visible")


def test_the_facilitator_reads_each_case_in_full_at_any_width(desk):
    """The box holds a short title, which is not cut off on a telephone at 200% zoom; what kind of case it is stands below and may wrap."""
    desk.set_viewport_size({"width": 320, "height": 640})
    spare = desk.evaluate(SPARE)
    assert spare > 0
    kinds = []
    for option in desk.locator("#case option").all():
        desk.select_option("#case", option.get_attribute("value"))
        kinds.append(desk.locator("#kind").inner_text())
    about = desk.locator("section[aria-labelledby=about] h3").all_inner_texts()
    assert [one.split(": ", 1)[1].lower() for one in about] == [kind.lower() for kind in kinds]


def test_the_facilitator_may_let_go(desk):
    """Then learners go on by themselves, also those who open the case later."""
    desk.check("#hold-no")
    learner = decided(opened(desk, "#open-learner"))
    learner.click("[data-act=reveal]")
    assert stage(learner) == "layer-1"


@pytest.mark.parametrize(("ago", "waits"), [(0, False), (1, True)])
def test_yesterdays_class_reveals_nothing_today(computer, pack, ago, waits):
    """What was shown to one class is held again for the next day's on the same computer."""
    context = computer()
    context.new_page().goto((pack / "index.html").as_uri())
    mark = context.pages[0].locator("body").get_attribute("data-pack")
    day = f"new Date(Date.now() - {ago} * 86400000).toDateString()"
    context.pages[0].evaluate(f"localStorage.setItem('missing-sim:desk:{mark}', JSON.stringify({{released: {{'case-1': 4}}, day: {day}}}))")
    learner = context.new_page()
    learner.goto((pack / "case-1.html").as_uri())
    assert learner.locator("#code").is_visible() is False
    decided(learner)
    assert learner.locator("#code").is_visible() is waits


def test_only_the_projector_jumps(desk):
    """It goes where the facilitator says; learners keep their place, and both are told on the facilitator's page."""
    projector, learner = opened(desk, "#open-projector"), opened(desk, "#open-learner")
    assert projector.evaluate("document.body.classList.contains('projecting')")
    desk.select_option("#stage", "point-2")
    desk.click("#jump button")
    projector.wait_for_selector("[data-stage=point-2]:visible")
    assert stage(learner) == "brief"
    desk.wait_for_selector("#windows li:has-text('Projector: Decision 2: Officers tonight, Tuesday, 22:56')")
    desk.wait_for_selector("#windows li:has-text('Learner: Before we start')")
    assert "exploitation was on record" not in projector.locator("body").inner_text()


def test_pause_and_speed_reach_every_window(desk):
    """A clock that is paused says so, and runs on."""
    projector = opened(desk, "#open-projector")
    desk.bring_to_front()
    desk.select_option("#stage", "run-2")
    desk.click("#jump button")
    projector.wait_for_selector("[data-stage=run-2]:visible")
    desk.click("#pause")
    projector.wait_for_selector("[data-stage=run-2] button:has-text('Let the clock run')")
    desk.wait_for_selector("#windows li:has-text('paused')")
    desk.click("#go")
    projector.wait_for_selector("[data-stage=run-2] button:has-text('Pause')")
    desk.check("#speed-fast")
    projector.wait_for_selector("[data-stage=run-2] .arrival:visible", timeout=5000)


def told(desk, page, button: str, kind: str) -> None:
    """Click on the facilitator's page, and wait until the window has heard it."""
    listen = "new BroadcastChannel('missing-sim').onmessage = said => said.data.kind === kind && done()"
    page.evaluate(f"kind => {{ window.heard = new Promise(done => {{ {listen}; }}); }}", kind)
    desk.bring_to_front()
    desk.click(button)
    page.evaluate("window.heard")
    page.bring_to_front()


def test_who_has_stepped_out_is_shown_nothing_and_comes_back_to_where_the_class_is(desk, pack):
    """The clock stands still, also when the facilitator lets it run; what is revealed meanwhile is not shown, and does not end in a dead end."""
    learner = desk.context.new_page()
    learner.clock.install()
    learner.goto((pack / "case-1.html").as_uri())
    begin(learner)
    decide(learner)
    arrived = learner.locator("[data-stage=run-2] .arrival:not([hidden])")
    for setting, runs in (("#pause", 0), ("#go", 1)):
        learner.click("#step-out")
        told(desk, learner, setting, "pause")
        learner.clock.run_for(60_000)
        assert "You have stepped out" in learner.locator("main").inner_text()
        assert arrived.count() == 0
        learner.click("#step-in")
        assert stage(learner) == "run-2"
        learner.clock.run_for(60_000)
        assert (arrived.count() > 0) is bool(runs)
    for _ in range(2):
        run_clock(learner)
        decide(learner)
    learner.click("#step-out")
    told(desk, learner, "[data-layer='4']", "release")
    told(desk, learner, "#hold-no", "hold")
    assert learner.locator(".stage:visible, #steps:visible, #clock-bar:visible").count() == 0
    assert learner.title().startswith("You have stepped out")
    learner.click("#step-in")
    assert stage(learner) == "layer-4"
    learner.click("#steps [data-act=on]")
    assert stage(learner) == "debrief"


def test_windows_that_cannot_hear_each_other_still_work(computer, pack, code):
    """The facilitator's page says so, and the code and the window's own controls do the rest."""
    context = computer()
    context.add_init_script(SILENT)
    desk = context.new_page()
    desk.goto((pack / "facilitator.html").as_uri())
    projector = opened(desk, "#open-projector")
    desk.click("[data-layer='4']")
    assert "No window of this case answers" in desk.locator("#desk").inner_text()
    assert desk.locator("#code").inner_text() == code
    begin(projector)
    projector.click(".stage:visible [data-act=skip]")
    assert stage(projector) == "run-2"
    run_clock(projector)
    projector.click(".stage:visible [data-act=skip]")
    run_clock(projector)
    projector.click(".stage:visible [data-act=skip]")
    if stage(projector) == "wait" and projector.locator("#code").is_visible():
        projector.fill("#code", code)
        projector.click("#unlock button")
    else:
        projector.click("[data-act=reveal]")
    assert "Where no decision was recorded, the line follows what happened" in projector.locator("#own-words").inner_text()


def test_the_facilitator_saves_what_was_decided_on_this_computer(desk):
    """All windows in one table."""
    for _ in range(2):
        decided(opened(desk, "#open-learner"))
    desk.wait_for_selector("#kept-words:has-text('2 records')")
    with desk.expect_download() as saved:
        desk.click("[data-save=csv]")
    assert len(saved.value.path().read_bytes().decode("utf-8-sig").strip().split("\r\n")) == 1 + 2 * 3


def test_what_the_facilitator_deletes_stays_deleted(desk, pack):
    """Windows that are open begin again, also in the middle of an answer, and one that is stepped out of when its learner comes back."""
    desk.on("dialog", lambda dialog: dialog.accept())
    writes, is_out = opened(desk, "#open-learner"), opened(desk, "#open-learner")
    for page in (writes, is_out):
        begin(page)
        decide(page)
    is_out.click("#step-out")
    writes.bring_to_front()
    run_clock(writes)
    writes.locator(".stage:visible textarea").fill("Half an answer")
    desk.wait_for_selector("#kept-words:has-text('2 records')")
    desk.bring_to_front()
    desk.click("#forget")
    writes.wait_for_selector("[data-stage=brief]:visible")
    is_out.bring_to_front()
    with is_out.expect_navigation():
        is_out.click("#step-in")
    assert stage(is_out) == "brief"
    assert records(desk) == []
    assert "None that this page can see" in desk.locator("#kept-words").inner_text()


@pytest.mark.parametrize("name", ["case-1.html", "facilitator.html"])
@pytest.mark.parametrize("harm", ["missing", "damaged", "page"])
def test_a_broken_pack_says_so(computer, pack, tmp_path, name, harm):
    """No page stays blank: the script gone, the script broken, the page itself broken."""
    folder = tmp_path / "pack"
    shutil.copytree(pack, folder)
    script = folder / "assets/pack.js"
    if harm == "missing":
        script.unlink()
    elif harm == "damaged":
        script.write_text(script.read_text("utf-8").replace("pack.Exercise = Exercise;", "").replace("pack.Desk = Desk;", ""), "utf-8")
    else:
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace('id="notices"', 'id="notes"').replace('id="clock-bar"', "").replace('id="kept-words"', ""), "utf-8")
    page = computer().new_page()
    page.goto((folder / name).as_uri())
    shown = page.locator("main").inner_text()
    assert "This page has not started" in shown
    assert "missing-sim pack --check FOLDER" in shown
    assert ("damaged, or belongs to another pack" in shown) is (harm != "missing")


def test_without_scripts_or_style_the_page_says_what_to_do(computer, pack, tmp_path):
    """The cards need neither."""
    page = computer(java_script_enabled=False).new_page()
    page.goto((pack / "case-1.html").as_uri())
    assert "Scripts are switched off in this browser" in page.locator("main").inner_text()
    page.goto((pack / "injects.html").as_uri())
    assert page.locator(".card").count() > 20
    folder = tmp_path / "pack"
    shutil.copytree(pack, folder)
    (folder / "assets/pack.css").unlink()
    plain = computer().new_page()
    plain.goto((folder / "case-1.html").as_uri())
    assert "The file assets/pack.css is missing or damaged" in plain.locator("main").inner_text()
    assert stage(plain) == "brief"
