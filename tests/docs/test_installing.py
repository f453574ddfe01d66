"""How pages and errors say that something is installed: from a copy of the repository, as the package is on no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
FILES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "sim").rglob("*.py"), *(ROOT / "tests").rglob("conftest.py")]


def test_nothing_is_fetched_by_the_name_of_the_package():
    """Which somebody else might take on an index; and every extra that is named exists."""
    told = {file: file.read_text(encoding="utf-8") for file in FILES}
    assert [file for file, text in told.items() if re.search(r"missing-sim\[|pip install [\"']?missing", text)] == []
    named = {extra for text in told.values() for found in re.findall(r"pip install -e '\.\[([\w,]+)\]'", text) for extra in found.split(",")}
    assert {"app", "report", "analysis", "cluster", "calibration"} <= named <= EXTRAS.keys()


def test_the_app_brings_what_its_pages_need():
    """Workbooks and board papers, Morris, Sobol and the choice between scenarios."""
    assert "missing-sim[analysis,report]" in EXTRAS["app"]
