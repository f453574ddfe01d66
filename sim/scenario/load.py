"""From a name or a path to a checked scenario."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from . import library
from .document import Document
from .errors import Problem, ScenarioError
from .json_schema import json_schema
from .layers import Layers
from .limits import keys
from .lineage import lineage
from .scenario import Scenario
from .wording import nearest, problems

PLACES = ("area", "resources")
PARTS = ("era", "nation", *PLACES)
OVERRIDE = "override"
NOT_IN_A_NAME = re.compile(r"[^\w. -]+")


def load(name_or_path: str | Path, overrides: Mapping[str, Any] | None = None, area: str | Path | None = None) -> Scenario:
    """The scenario that `name_or_path` (a library name, or a path of a TOML file) describes, with everything it extends.

    `area` names an area file that is laid over it, and `overrides` maps dotted keys ("practice.desk_based_share") to values that are laid
    over all. A file that tells only of an area, resources, a nation or an era, and extends nothing, is placed on the baseline.
    Raises ScenarioError with every problem found.
    """
    documents = lineage(name_or_path)
    own = documents[-1]
    if len(documents) == 1 and _kind(own) in PARTS:
        documents = [*lineage("baseline"), own]
    if area is not None:
        documents = _moved(documents, area)
    layers = Layers()
    for document in documents:
        layers.add({key: value for key, value in document.content.items() if key not in ("extends", "about")}, document.path, document.lines)
    name = named(own.path)
    about = own.content.get("about", {"title": name, "summary": "", "kind": "practice"})
    layers.add({"about": about}, own.path, own.lines)
    if "name" in layers.content:
        place = layers.place(("name",))
        assert place is not None
        raise ScenarioError(Problem(place.path, place.line, "name", "unknown key", "the name of a scenario is that of its file"))
    if overrides:
        _override(layers, overrides)
    try:
        return Scenario.model_validate({"name": name, **layers.content})
    except ValidationError as error:
        raise ScenarioError(problems(error, Scenario.model_json_schema(), layers, own.path)) from None


def named(path: str) -> str:
    """The name of the scenario in a file: the file's own, in letters, digits, spaces and `_.-`, and not beginning with one of ` .-`. It stands in
    tables that are opened in spreadsheets, which would take `=1+1` for a formula."""
    return NOT_IN_A_NAME.sub("-", Path(path).name.removesuffix(".toml")).strip(" .-") or "scenario"


def _moved(documents: list[Document], area: str | Path) -> list[Document]:
    """The documents with those of `area` laid over them; what both extend stays below. Raises ScenarioError if `area` is no area."""
    if not library.is_path(area) and area not in library.paths():
        allowed = f"allowed: {', '.join(library.areas())}, or the path of a file"
        raise ScenarioError(Problem("", None, "area", f'the library has no area "{area}"', allowed))
    over = lineage(area)
    own = over[-1]
    if _kind(own) not in PLACES:
        allowed = "allowed: a file of kind " + " or ".join(f'"{kind}"' for kind in PLACES)
        raise ScenarioError(Problem(own.path, own.line(("about", "kind")), "about.kind", f'"{_kind(own)}" is not an area', allowed))
    shared = {document.path for document in documents}
    below = [document for document in documents if document.path != own.path]
    return [*below, *(document for document in over[:-1] if document.path not in shared), own]


def _kind(document: Document) -> str:
    about = document.content.get("about")
    return str(about.get("kind", "")) if isinstance(about, dict) else ""


def _override(layers: Layers, overrides: Mapping[str, Any]) -> None:
    """Lay each override over the content. Raises ScenarioError for keys that no scenario has."""
    known = set(keys(json_schema()))
    unknown = [key for key in overrides if key not in known]
    if unknown:
        raise ScenarioError(_unknown(unknown))
    for key, value in overrides.items():
        content = value.item() if hasattr(value, "item") else value
        for step in reversed(key.split(".")):
            content = {step: content}
        layers.add(content, OVERRIDE, {})


def _unknown(unknown: Iterable[str]) -> list[Problem]:
    return [Problem(OVERRIDE, None, key, "unknown key", nearest(tuple(str(key).split(".")), json_schema())) for key in unknown]
