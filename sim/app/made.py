"""What a page makes of a result: made once in a browser tab, however often Streamlit runs the page again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def made(key: str, of: Any, make: Callable[[], T]) -> T:
    """What was made of `of` under a key; made anew as soon as `of` is another."""
    found: tuple[Any, T] | None = st.session_state.get(key)
    if found is None or found[0] is not of:
        found = st.session_state[key] = (of, make())
    return found[1]
