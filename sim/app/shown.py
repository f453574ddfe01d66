"""Findings of any kind but a comparison on a page: each exhibit with its message, its figure, its two sentences and its table."""

from __future__ import annotations

import streamlit as st

from ..experiment.findings import Findings
from ..report import kinds
from ..report.exhibit_page import as_table
from ..report.provenance import columns, line, with_intervals
from . import markup
from .made import made

MOST_ROWS = 200
"""A longer table is left to the download."""


def exhibits(findings: Findings, key: str, most: int | None = None, drawn: bool = True) -> None:
    """Show the exhibits, or the first of them; the rest is in the report."""
    found = made(f"{key}/exhibits", findings, lambda: kinds.exhibits(findings))
    for place, one in enumerate(found[:most]):
        name = f"{key}/{place}"
        subtitle = one.subtitle or with_intervals(findings).capitalize()
        if drawn:
            markup.figure(one.figure, one.message, subtitle, one.summary, name, one.narrow)
        else:
            st.html(markup.paragraph(one.message, "message") + markup.paragraph(one.summary))
        with st.expander(f"As a table: {markup.plain(one.message)}"):
            if len(one.table) > MOST_ROWS:
                st.html(markup.paragraph(f"The table has {len(one.table):,} rows. It is in the data download and in the workbook."))
            else:
                st.html(markup.table(as_table(one, f"table-{place}", columns(findings)), line(findings)))
    left = len(found) - len(found[:most])
    if left:
        st.html(markup.paragraph(f"{left} more of these are in the report.", "soft"))
