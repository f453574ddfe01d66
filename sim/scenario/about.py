"""What a scenario file says about itself, in words. No rule of the model ever reads it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from .kinds import Section


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class About(Section):
    """Title, kind and grounds of one file. It is never inherited: a finding belongs to the file that states it."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    summary: str
    kind: Literal["baseline", "practice", "finding", "failing", "era", "nation", "area", "resources"]
    finding: str = Field(default="", description="the published finding, in words")
    evidence: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(default=(), description="ids of the evidence used")
    assumed: str = Field(default="", description="which values are assumptions, with their ranges")
    counterfactual: str = Field(default="", description="the library scenario to compare with")
