"""Choosing a scenario: from the library, with own changes, or from an uploaded file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import streamlit as st

from ..scenario import Scenario, load
from ..scenario.about import About
from ..scenario.library import entries
from . import levers, markup, scenario_file, sources, uploads
from .boxes import paired, rows, single
from .chosen import Chosen
from .limits import LONGEST_TITLE, MOST_UPLOAD
from .words import KINDS

LIBRARY, OWN, UPLOAD = "From the library", "Own changes", "From a file"
NO_FILE = "No file yet. It may extend any scenario of the library."
FIRST = {"A": "baseline", "B": "good-practice", "C": "durham-2020-03", "D": "no-overnight"}
"""What stands in each place at first."""
MOST_LOADED = 64
"""Scenarios that are held ready; reading and checking one takes a tenth of a second."""


@cache
def library() -> dict[str, str]:
    """Scenarios that can be chosen, by name: title and kind. Areas and posts are no ways of working."""
    kinds = {*KINDS, "era", "nation"}
    return {one.name: f"{one.title} ({KINDS[one.kind]})" if KINDS.get(one.kind) else one.title for one in entries() if one.kind in kinds}


def loaded(name: str, area: str, changes: Mapping[str, Any] | None = None) -> Scenario:
    """A scenario of the library in an area, with changes. Raises ScenarioError."""
    return _loaded(name, area, json.dumps(changes or {}))


@lru_cache(MOST_LOADED)
def _loaded(name: str, area: str, changes: str) -> Scenario:
    return load(name, json.loads(changes), area)


def choose(letter: str, area: str, local: Mapping[str, Any]) -> Chosen | None:
    """The boxes for one scenario, and what was chosen in them; None while a file is waited for. Raises ScenarioError."""
    way = st.radio(f"Scenario {letter} comes from", (LIBRARY, OWN, UPLOAD), horizontal=True, key=f"{letter}/way", persist_state="session")
    if way == UPLOAD:
        return uploaded(f"Scenario file for {letter}", f"{letter}/file", area, local)
    words = f"Scenario {letter}" if way == LIBRARY else f"Scenario {letter} starts from"
    names = list(library())
    name = st.selectbox(words, names, names.index(FIRST[letter]), format_func=library().__getitem__, key=f"{letter}/name", persist_state="session")
    name = name or FIRST[letter]
    base = loaded(name, area)
    st.html(markup.paragraph(base.about.summary, "soft"))
    if way == LIBRARY:
        return Chosen(loaded(name, area, local))
    return _changed(letter, name, base, area, local)


def uploaded(words: str, key: str, area: str, local: Mapping[str, Any] | None = None) -> Chosen | None:
    """The box for a file, and the scenario in it; None while a file is waited for. Raises ScenarioError."""
    laid = "The area is" if local is None else "The area and the local figures above are"
    st.caption(f"{laid} laid over the file.")
    given = st.file_uploader(f"{words} (TOML, at most 1 MB)", type="toml", key=key, max_upload_size=max(1, MOST_UPLOAD // 1_000_000))
    if given is None:
        st.html(markup.paragraph(NO_FILE, "soft"))
        return None
    content = given.getvalue()
    found = uploads.scenario(given.name, content, local, area)
    st.html(markup.paragraph(f"{found.about.title}. {found.about.summary}", "soft"))
    return Chosen(found, content.decode("utf-8-sig"))


def _changed(letter: str, name: str, base: Scenario, area: str, local: Mapping[str, Any]) -> Chosen:
    given = st.text_input(f"Name of scenario {letter}", f"Own changes {letter}", LONGEST_TITLE, key=f"{letter}/title", persist_state="session")
    title = " ".join(given.split())[:LONGEST_TITLE] or f"Own changes {letter}"
    standing, chosen = levers.standing(base), {}
    known = levers.levers()
    for path in levers.HEADLINE:
        chosen[path] = paired(known[path], standing[path], f"{letter}/{name}/{path}")
    for group, members in levers.GROUPS.items():
        others = [one for one in members if one.path not in levers.HEADLINE]
        with st.expander(f"{group}: {len(others)} more decisions"):
            for lever, column in rows(others, 2):
                with column:
                    chosen[lever.path] = single(lever, standing[lever.path], f"{letter}/{name}/{lever.path}")
    sources.show(sources.of_levers())
    changed = levers.changes(base, chosen)
    found = loaded(name, area, {**local, **changed})
    summary = f"Own changes to “{base.about.title}”."
    about = About(title=title, summary=summary, kind="practice", counterfactual=name, assumed="Every value that was changed.")
    own = found.model_copy(update={"name": f"own-changes-{letter.lower()}", "about": about})
    return Chosen(own, scenario_file.text((name, area), title, {**local, **changed}))
