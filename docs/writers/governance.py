"""The governance pages: templates in docs/templates, filled with what the code says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docs.writers.facts import facts

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
NAMES = tuple(sorted(path.name.removesuffix(".j2") for path in TEMPLATES.glob("*.md.j2")))


@cache
def _known() -> dict[str, Any]:
    return facts()


def filled(name: str) -> str:
    """The text of one page. A name that a template uses and `facts` does not give is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # what comes out is Markdown, not HTML
    )
    environment.filters["cell"] = lambda text: str(text).replace("|", "/")
    return environment.get_template(f"{name}.j2").render(_known())


def writer(name: str) -> Callable[[], str]:
    """What gives the text of one page."""
    return lambda: filled(name)


GOVERNANCE = {f"governance/{name}": writer(name) for name in NAMES}
