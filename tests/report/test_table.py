"""A table as a file: a spreadsheet that opens it runs nothing."""

from __future__ import annotations

import csv
import io

import pytest

from sim.report.table import as_csv
from tests.report.formulas import FORMULAS, PLAIN


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text):
    """By an apostrophe before it, whatever blanks or wide signs it begins with."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text):
    """Units, names and numbers among it."""
    assert cell(text) == text


def cell(text: str) -> str:
    """What a reader of the file finds for a text."""
    return next(csv.DictReader(io.StringIO(as_csv([{"column": text}]), newline="")))["column"]
