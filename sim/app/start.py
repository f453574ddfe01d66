"""The first page: what this is, what it may not be used for, and the three doors."""

from __future__ import annotations

import streamlit as st

from . import markup, words


def show(doors: dict[str, st.Page]) -> None:
    """Show the page, with a link to each door."""
    st.title("Missing children: compare, train, analyse", anchor=False)
    st.html(markup.paragraph(words.WHAT, "lead"))
    for key, (name, what) in words.DOORS.items():
        st.header(name, anchor=False)
        st.html(markup.paragraph(what))
        st.page_link(doors[key], label=f"Go to {name}")
    st.header("Before you start", anchor=False)
    st.html(f'<div class="ms-boxed">{"".join(map(markup.paragraph, (words.SYNTHETIC, words.NEVER, words.CONTENT)))}</div>')
    st.html(markup.paragraph("The app runs on this machine and sends nothing anywhere. It keeps what it simulates in the results folder.", "soft"))
