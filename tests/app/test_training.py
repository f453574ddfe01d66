"""What the Train page makes: a pack that is whole when it is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from sim.app import training
from sim.app.jobs import Job


@pytest.mark.slow
def test_the_zip_of_a_pack_holds_pages_that_fetch_nothing(results):
    job = Job("1", "Test")
    training.pack(["correctly-low", "over-graded"], "baseline", None, 100)(job)
    archive = zipfile.ZipFile(io.BytesIO(job.results["pack"]))
    names = archive.namelist()
    assert {"training/index.html", "training/facilitator.html", "training/assets/pack.js"} <= set(names)
    assert all(name.startswith("training/") and ".." not in name for name in names)
    assert b'src="http' not in archive.read("training/index.html")
