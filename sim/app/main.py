"""The script that Streamlit runs for each page: the doors, the look, and the page that was asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from sim.app import analyse, plan, start, train, warm, words
from sim.app.look import STYLE


def main() -> None:
    """Show the page."""
    st.set_page_config(page_title=words.NAME, layout="centered", menu_items={"Get help": None, "Report a bug": None, "About": None})
    st.html(STYLE)
    warm.begin()
    shown = {"plan": plan.show, "train": train.show, "analyse": analyse.show}
    doors = {key: st.Page(show, title=words.DOORS[key][0], url_path=key) for key, show in shown.items()}
    first = st.Page(partial(start.show, doors), title="Start", url_path="start", default=True)
    st.navigation([first, *doors.values()], position="top").run()


if __name__ == "__main__":
    main()
