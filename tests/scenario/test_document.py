"""Whatever is in the way of reading a file, the reader of the message learns which file, where, and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, load
from sim.scenario.document import MOST_BYTES, read


def problem(path: str | Path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


def test_a_missing_file_is_named(tmp_path):
    """A path that leads nowhere is reported as such, with a way to see what there is."""
    assert "no such file" in problem(tmp_path / "none.toml").problem


def test_a_folder_is_not_a_file(tmp_path):
    """A folder is called a folder."""
    assert "folder" in problem(tmp_path).problem


def test_a_device_or_pipe_is_refused_without_waiting_for_it(tmp_path):
    """A named pipe, which would block for ever, is refused at once."""
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "not an ordinary file" in problem(pipe).problem


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    """A name that the system cannot even look up is a message too."""
    assert "cannot be read" in problem(tmp_path / ("x" * 5000 + ".toml")).problem
    assert "cannot be read" in problem(tmp_path / "a\0b.toml").problem


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_an_empty_file_is_called_empty(write, text):
    """Nothing, blank lines and remarks alone are all an empty scenario."""
    assert "empty" in problem(write(text)).problem


def test_a_binary_file_is_not_text(tmp_path):
    """A file with zero bytes is not taken for text."""
    path = tmp_path / "photo.toml"
    path.write_bytes(b"\x89PNG\r\n\x00\x00")
    assert "not text" in problem(path).problem


def test_text_in_another_encoding_is_located(tmp_path):
    """Text that is not UTF-8 is refused with the line on which it stops being UTF-8."""
    path = tmp_path / "latin.toml"
    path.write_bytes(b'extends = "baseline"\n# caf\xe9\n')
    error = problem(path)
    assert error.line == 2
    assert "UTF-8" in error.allowed


def test_utf16_is_recognised(tmp_path):
    """A file that an editor saved as UTF-16 is told apart from a binary file."""
    path = tmp_path / "wide.toml"
    path.write_bytes('extends = "baseline"\n'.encode("utf-16"))
    assert "UTF-16" in problem(path).problem


def test_a_byte_order_mark_is_harmless(tmp_path):
    """Some editors begin UTF-8 with a mark; such a file loads."""
    path = tmp_path / "marked.toml"
    path.write_bytes(b'\xef\xbb\xbfextends = "baseline"\r\n')
    assert load(path).name == "marked"


def test_a_file_over_the_limit_is_refused_and_the_limit_is_named(tmp_path):
    """One byte more than a megabyte is too much; a megabyte is not."""
    start = b'extends = "baseline"\n#'
    path = tmp_path / "long.toml"
    path.write_bytes(start + b"x" * (MOST_BYTES - len(start)))
    assert load(path).name == "long"
    path.write_bytes(start + b"x" * (MOST_BYTES - len(start) + 1))
    assert "1,000,000 bytes" in problem(path).allowed


def test_a_file_one_may_not_read_is_reported(write, monkeypatch):
    """A refusal by the system is a message about permission."""
    path = write('extends = "baseline"')

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("sim.scenario.document.open", refuse, raising=False)
    assert "permission" in problem(path).problem


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('extends = "baseline"\n[practice]\ndesk_based_share 0.2\n', 3),
        ("[practice\n", 1),
        ('extends = "baseline"\n[practice]\ndesk_based_share = 20%\n', 3),
        ("[practice]\ndesk_based_share = lots\n", 2),
        ("[practice]\ndesk_based_share =\n", 2),
    ],
)
def test_bad_toml_is_located(write, text, line):
    """A mistake in the TOML is reported with its line, and the line is quoted."""
    error = problem(write(text))
    assert error.line == line
    assert "not valid TOML" in error.problem
    assert text.splitlines()[line - 1] in error.problem


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[practice]\ndesk_based_share = 0.1\ndesk_based_share = 0.2\n", 3, "desk_based_share"),
        ("[practice]\n[area]\n[practice]\n", 3, "practice"),
    ],
)
def test_a_key_that_is_set_twice_is_located(write, text, line, key):
    """The second setting of a key or a table is the one reported."""
    error = problem(write(text))
    assert (error.line, error.key) == (line, key)
    assert "twice" in error.problem


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "[0.1, nan]"])
def test_endless_numbers_are_refused(write, value):
    """NaN and infinity are valid TOML but no use to a model; they are refused wherever they stand."""
    error = problem(write(f'extends = "baseline"\n[practice]\ndesk_based_share = {value}\n'))
    assert (error.line, error.key) == (3, "practice.desk_based_share")
    assert "finite" in error.allowed


def test_nesting_without_end_is_refused(write):
    """Brackets nested a hundred thousand deep do not overflow the stack."""
    assert "nested too deeply" in problem(write("a = " + "[" * 100_000)).problem


def test_a_number_of_ten_thousand_digits_is_refused(write):
    """A whole number too long to convert is a message, not a traceback."""
    assert problem(write("a = " + "9" * 10_000))


def test_what_is_read_is_the_file_and_its_lines(write):
    """A good file gives its tables as they stand, with the line of each key."""
    document = read(write('extends = "baseline"\n\n[practice]\ndesk_based_share = 0.2\n'))
    assert document.content == {"extends": "baseline", "practice": {"desk_based_share": 0.2}}
    assert document.line(("practice", "desk_based_share")) == 4
    assert document.line(("practice", "not_there")) == 3
    assert document.line(("nowhere",)) is None
