"""The JSON Schema of a scenario file, for editors that complete keys and mark mistakes."""

from __future__ import annotations

from typing import Any

from .scenario import Scenario


def json_schema() -> dict[str, Any]:
    """The schema of one file. As a file need set only what differs from what it extends, no key is required, but for the words of `[about]`."""
    schema = Scenario.model_json_schema()
    about = schema["properties"]["about"]["$ref"].rsplit("/", 1)[-1]
    for name, part in schema["$defs"].items():
        if name != about:
            part.pop("required", None)
    schema.pop("required", None)
    del schema["properties"]["name"]
    extends = {
        "title": "Extends",
        "description": "one or more scenarios to start from, by library name or by path; later ones win",
        "anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "missing-sim scenario file",
        "description": "A scenario of the police and social-care response to missing children. It describes a system, never a child.",
        "properties": {"extends": extends, **schema["properties"]},
    }
