"""Uploads are read as strictly as files, and open no other file."""

from __future__ import annotations

import pytest

from sim.app import uploads
from sim.app.limits import MOST_UPLOAD
from sim.scenario import ScenarioError

GOOD = b'extends = "baseline"\n[about]\ntitle = "Mine"\nsummary = ""\nkind = "practice"\n[practice]\novernight_activity = 0.8\n'


def problem(content: bytes, name: str = "mine.toml") -> str:
    with pytest.raises(ScenarioError) as error:
        uploads.scenario(name, content)
    return str(error.value)


def test_a_good_file_is_a_scenario():
    found = uploads.scenario("mine.toml", GOOD, area="small-force")
    assert (found.name, found.about.title, found.practice.overnight_activity) == ("mine", "Mine", 0.8)


def test_local_figures_are_laid_over_an_upload():
    assert uploads.scenario("mine.toml", GOOD, {"resources.mash_staff": 3}, "small-force").resources.mash_staff == 3


def test_an_unknown_key_is_named_with_its_line_and_the_nearest():
    told = problem(GOOD.replace(b"overnight_activity", b"overnight_activty"))
    assert told.startswith("mine.toml:7: practice.overnight_activty")
    assert "practice.overnight_activity" in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02", "not text"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"this is not toml", "not valid TOML"),
        (b"[[[[" * 5000, "mine.toml"),
        (b"a" * (MOST_UPLOAD + 1), "too large"),
        (GOOD.replace(b"0.8", b"nan"), "not a usable number"),
        (GOOD.replace(b"0.8", b'"<b>much</b>"'), "practice.overnight_activity"),
    ],
)
def test_a_bad_file_is_one_clear_message_without_a_folder(content, words):
    told = problem(content)
    assert words in told
    assert "/tmp" not in told
    assert "missing-sim-" not in told


@pytest.mark.parametrize("parent", ["/etc/passwd", "../../etc/passwd", "./other.toml", "C:/secrets.toml"])
def test_an_upload_opens_no_other_file(parent):
    """A path in `extends` is refused before it is opened."""
    told = problem(GOOD.replace(b'"baseline"', f'"{parent}"'.encode()))
    assert "library only" in told
    assert "root:" not in told


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("../../etc/cron.toml", "cron"),
        ("..\\..\\boot.toml", "boot"),
        ("<img src=x onerror=alert(1)>.toml", "img-src-x-onerror-alert-1"),
        ("x" * 10_000 + ".toml", "x" * uploads.LONGEST_NAME),
        (".toml", "uploaded"),
        ("\u202e\u0000", "uploaded"),
    ],
)
def test_a_name_holds_letters_digits_and_hyphens_only(file, name):
    assert uploads.name_of(file) == name


def test_a_title_of_ten_thousand_letters_is_refused_in_words():
    assert "about.title" in problem(GOOD.replace(b"Mine", b"M" * 10_000))
