"""What can be taken away: the report, the Word paper, the workbook, the data and the pages of a pack, each made only when it is asked for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..experiment.comparison import Result
from ..experiment.findings import Findings
from ..report import write as write_report
from ..report.provenance import columns
from ..report.rows import rows as rows_in
from ..report.table import as_csv, tidy

HTML = "text/html"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
LONGEST = 60


def report(findings: Findings) -> bytes:
    """The report as one HTML page."""
    return _through_a_file("report.html", lambda path: write_report(findings, path))


def excel(findings: Findings) -> bytes:
    """The workbook. Raises ScenarioError if the package for it is not installed."""
    from ..report.workbook import workbook

    return workbook(findings, date.today())


def has_word(findings: Findings) -> bool:
    """Is there a board paper of such findings, and the package that writes it?"""
    return isinstance(findings, Result) and find_spec("docx") is not None


def word(findings: Findings, explained: Findings | None = None) -> bytes:
    """The board paper. Raises ScenarioError."""
    from ..report.word import write

    return _through_a_file("paper.docx", lambda path: write(findings, path, explained))


def data(findings: Findings) -> bytes:
    """Every table as CSV, in one ZIP file; each row says that it is simulated and how it was made."""
    extra = columns(findings)
    return zipped({f"{name}.csv": as_csv(tidy(rows_in(frame), extra)) for name, frame in findings.tables.items() if len(frame)})


def zipped(files: Mapping[str, str]) -> bytes:
    """Files as one ZIP file, in their order, with the same bytes for the same content."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def called(findings: Findings, ending: str) -> str:
    """The name of a file of findings."""
    names = "-".join(findings.names[:3] if findings.kind == "compare" else findings.names[:1])
    return f"{findings.called(findings.plan)}-{names}"[:LONGEST].strip("-") + ending


def _through_a_file(name: str, put: Callable[[Path], Any]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="missing-sim-") as folder:
        path = Path(folder) / name
        put(path)
        return path.read_bytes()
