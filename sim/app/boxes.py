"""Boxes in which a number is entered: alone, or beside a slider that moves with it, so that nothing has to be dragged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import streamlit as st

from ..report.levers import RESTS_ON
from . import markup
from .levers import Lever
from .local import Local

T = TypeVar("T")


def paired(lever: Lever, standing: float, key: str) -> float:
    """A slider and a number box for one lever; whichever is moved, the other follows."""
    slider, box = f"{key}/slider", f"{key}/box"
    for one in (slider, box):
        st.session_state.setdefault(one, standing)

    def follow(leader: str, follower: str) -> None:
        st.session_state[follower] = st.session_state[leader] if st.session_state[leader] is not None else standing

    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        st.slider(
            lever.words,
            lever.least,
            lever.most,
            step=lever.step,
            format="%g",
            key=slider,
            on_change=follow,
            args=(slider, box),
            persist_state="session",
        )
    with right:
        st.number_input(
            f"{lever.words}, as a number",
            lever.least,
            lever.most,
            step=lever.step,
            format="%g",
            key=box,
            on_change=follow,
            args=(box, slider),
            label_visibility="collapsed",
            persist_state="session",
        )
    st.caption(markup.plain(_note(lever, standing)))
    return _or(st.session_state[box], standing)


def single(lever: Lever, standing: float, key: str) -> float:
    """A number box for one lever."""
    st.session_state.setdefault(key, standing)
    value = st.number_input(lever.words, lever.least, max(lever.most, standing), step=lever.step, format="%g", key=key, persist_state="session")
    st.caption(markup.plain(_note(lever, standing)))
    return _or(value, standing)


def local(figure: Local, standing: float, key: str) -> float:
    """A number box for one local figure, with what its default rests on."""
    st.session_state.setdefault(key, round(standing) if figure.whole else standing)
    if figure.whole:
        value: float | None = st.number_input(figure.words, int(figure.least), int(figure.most), step=1, key=key, persist_state="session")
    else:
        value = st.number_input(figure.words, float(figure.least), float(figure.most), step=1.0, format="%g", key=key, persist_state="session")
    st.caption(markup.plain(f"Default {standing:,.6g}. Range {figure.source()}."))
    return _or(value, standing)


def rows(members: Sequence[T], wide: int) -> Iterator[tuple[T, Any]]:
    """Each member with the column in which its box stands, row by row: read, and gone through by keyboard, in the order that is seen."""
    for first in range(0, len(members), wide):
        yield from zip(members[first : first + wide], st.columns(wide), strict=False)


def _note(lever: Lever, standing: float) -> str:
    row = lever.range
    ends = [lever.shown(end) for end in (row.low, row.high)]
    ids = ", ".join(one for one in row.evidence if one != "assumption")
    grounds = f"{RESTS_ON.get(row.reliability, row.reliability)}: {ids}" if ids and not row.assumed else "assumption"
    return f"{lever.help} As it is: {standing:g}. Thought possible: {ends[0]:g} to {ends[1]:g} ({grounds})."


def _or(value: float | None, standing: float) -> float:
    return standing if value is None else float(value)
