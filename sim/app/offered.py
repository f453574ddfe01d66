"""The downloads of a result, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ..experiment.findings import Findings
from . import downloads, markup
from .chosen import Chosen


def show(findings: Findings, explained: Findings | None, key: str) -> None:
    """The buttons: report, board paper where there is one, workbook, data."""
    st.subheader("Take it away", anchor=False)
    offers: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("Report (HTML, opens without a network)", ".html", downloads.HTML, lambda: downloads.report(findings)),
        ("Workbook (Excel)", ".xlsx", downloads.EXCEL, lambda: downloads.excel(findings)),
        ("Data (CSV files in a ZIP)", ".zip", downloads.ZIP, lambda: downloads.data(findings)),
    ]
    if downloads.has_word(findings):
        offers.insert(1, ("Board paper (Word, two pages)", ".docx", downloads.WORD, lambda: downloads.word(findings, explained)))
    for words, ending, mime, make in offers:
        name = downloads.called(findings, ending)
        st.download_button(words, make, name, mime, key=f"{key}/download/{ending}", on_click="ignore")
    if findings.folder is not None:
        st.html(markup.paragraph(f"Kept in {findings.folder}", "soft"))


def files(chosen: Sequence[Chosen], key: str) -> None:
    """A button for each scenario that is no part of the library: its file, under the name by which the command asks for it."""
    for one in chosen:
        if one.text:
            name = one.file_name
            st.download_button(f"Download {name}", one.text, name, "application/toml", key=f"{key}/file/{name}", on_click="ignore")
