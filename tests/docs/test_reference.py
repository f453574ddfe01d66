"""The reference pages say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("write_reference", ROOT / "docs" / "write_reference.py")
assert spec is not None
assert spec.loader is not None
write_reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(write_reference)


@pytest.mark.parametrize("name", sorted(write_reference.PAGES))
def test_a_generated_page_is_current(name):
    """Whoever changes a parameter or a decision writes the pages again: `python docs/write_reference.py`."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == write_reference.PAGES[name]()
