"""Tables of findings as files to take away, each row saying where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..experiment.findings import Findings
from ..experiment.keeping import prepare
from ..experiment.writing import put
from .provenance import columns
from .rows import rows as rows_in
from .table import as_csv, tidy

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("csv", "parquet")


def write(findings: Findings, folder: str | Path, format: str = "csv") -> list[Path]:
    """Write every table that has rows into a folder, which is made if need be. Raises OSError."""
    folder, origin = Path(folder), columns(findings)
    prepare(folder)
    return [_put(folder / f"{name}.{format}", frame, origin) for name, frame in findings.tables.items() if len(frame)]


def _put(path: Path, frame: pd.DataFrame, origin: dict[str, str | int]) -> Path:
    """One table, whole or not at all: in Parquet as it is, in CSV with no text that a spreadsheet would take for a formula."""
    if path.suffix == ".parquet":
        return put(path, lambda aside: frame.assign(**origin).to_parquet(aside, index=False))
    return put(path, lambda aside: aside.write_bytes(as_csv(tidy(rows_in(frame), origin)).encode()))
