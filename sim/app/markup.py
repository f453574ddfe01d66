"""What is written into pages: tables, lists and figures as plain HTML in which every text from outside is escaped, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from ..report.table import Cell, Table

if TYPE_CHECKING:
    import plotly.graph_objects as go

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")
STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}
"""Figures do not react: what they show stands in the table below them, so that nobody needs a mouse."""


def plain(text: str) -> str:
    """A text as it is, where Streamlit takes Markdown (labels and messages)."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(shown: Table, source: str = "") -> str:
    """A table as the report has it, for the page."""
    head = "".join(f'<th scope="col"{_right(place, shown)}>{escape(name)}</th>' for place, name in enumerate(shown.header))
    body = "".join(f"<tr>{''.join(_cell(cell, place, shown) for place, cell in enumerate(row))}</tr>" for row in shown.rows)
    below = f'<span class="ms-below">{escape(source)}</span>' if source else ""
    caption = f"<caption><span>{escape(shown.caption)}{below}</span></caption>"
    region = f'<div class="ms-scroll" role="region" tabindex="0" aria-label="Table: {escape(shown.caption)}">'
    return f"{region}<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(cell: Cell, place: int, shown: Table) -> str:
    mark = f'<span class="ms-mark" aria-hidden="true">{escape(cell.mark)}</span> ' if cell.mark else ""
    below = f'<span class="ms-below">{escape(cell.below)}</span>' if cell.below else ""
    inside = f"{mark}{escape(cell.text)}{below}"
    return f'<th scope="row">{inside}</th>' if place == 0 else f"<td{_right(place, shown)}>{inside}</td>"


def _right(place: int, shown: Table) -> str:
    return ' class="ms-number"' if place in shown.numeric else ""


def bullets(texts: Iterable[str]) -> str:
    """A list of plain texts."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text: of kind "lead" (large), "soft" (grey and small) or "boxed"."""
    return f'<p class="ms-{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def findings(items: Sequence[dict[str, str]]) -> str:
    """The headline measures, each with its mark, its name and what is said of it."""
    lines = (
        f'<li class="ms-{escape(one["kind"] or "plain")}"><span class="ms-mark" aria-hidden="true">{escape(one["mark"])}</span>'
        f"<span><strong>{escape(one['label'])}:</strong> {escape(one['words'])}.</span></li>"
        for one in items
    )
    return f'<ul class="ms-findings">{"".join(lines)}</ul>'


def pairs(told: Iterable[tuple[str, str]]) -> str:
    """Pairs of what and how."""
    return f"<dl>{''.join(f'<dt>{escape(what)}</dt><dd>{escape(how)}</dd>' for what, how in told)}</dl>"


def figure(drawn: go.Figure, message: str, subtitle: str, summary: str, key: str, narrow: go.Figure | None = None) -> None:
    """A figure with its message above it, and below it the two sentences that stand for it. With a drawing for narrow pages, the style sheet shows
    the one of the two that there is room for, as the browser alone knows how wide the page is."""
    import streamlit as st

    st.html(f'<p class="ms-message">{escape(message)}</p><p class="ms-soft">{escape(subtitle)}</p>')
    for width, one in {"any": drawn}.items() if narrow is None else {"wide": drawn, "narrow": narrow}.items():
        with st.container(key=f"ms-{width}-{key}"):
            st.plotly_chart(bare(one), theme=None, config=STILL, key=f"{key}/{width}", alt=f"{message}. {summary}")
    st.html(paragraph(summary))


def error(text: str) -> None:
    """An error that the reader can put right, as text."""
    import streamlit as st

    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    st.html(f'<div class="ms-error" role="alert"><p><strong>This cannot be done as asked</strong></p>{lines}</div>')


def notice(texts: Sequence[str]) -> None:
    """What must be known beside a result."""
    import streamlit as st

    with st.container():  # a place of its own, also when it is empty: what is unfolded below stays unfolded
        if texts:
            st.html(f'<div class="ms-boxed">{"".join(paragraph(text) for text in texts)}</div>')


def bare(drawn: Any) -> Any:
    """A figure without a title of its own, as its message stands above it."""
    import plotly.graph_objects as go

    return go.Figure(drawn).update_layout(title=None)
