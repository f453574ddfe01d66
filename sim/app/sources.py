"""Where defaults and ranges come from: the published sources behind the ids that stand beside the boxes."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from ..calibrate.evidence import evidence
from ..report.phrases import capital
from ..scenario.ranges import ranges
from . import levers, local, markup


def of_local() -> list[str]:
    """The ids beside the local figures."""
    return _ids(figure.path for figure in local.figures())


def of_levers() -> list[str]:
    """The ids beside the decisions."""
    return _ids(levers.levers())


def show(ids: Iterable[str]) -> None:
    """A list of sources, folded away."""
    known = evidence()
    told = [(id, f"{capital(known[id].quantity)}, {known[id].place}, {known[id].period}. {known[id].source_title}") for id in ids if id in known]
    with st.popover("What these sources are"):
        st.html(markup.pairs(told))


def _ids(paths: Iterable[str]) -> list[str]:
    return sorted({id for path in paths for id in ranges()[path].evidence if id != "assumption"})
