"""The rows of a result's tables, one at a time: what every sentence, cell and drawn interval starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame in their order, by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
