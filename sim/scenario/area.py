"""The section [area] of a scenario file: where this happens."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from .kinds import CountsByHome, Factor, HoursByUrgency, Mix3, Rate100k, Section, Share, SharesByHome, SomeCount, SomeFactor100k, SomeHours
from .nation import NationName


class Area(Section):
    """The area: its children, its networks, and what else its services do."""

    # children and networks
    nation: NationName = Field(description="England or Wales: whose rule for return home interviews applies (RH20)")
    children: CountsByHome = Field(
        description="children who may go missing, living with family, in foster care, in a children's home, in supported accommodation"
    )
    out_of_area_share: SharesByHome = Field(description="share of them who live outside the area that is responsible for them, in the same order")
    networks: SomeCount = Field(description="networks of adults who exploit children in the area")
    # other demand on the same people
    reports_per_year: SomeFactor100k = Field(description="reported child episodes a year that the area expects; scales other demand")
    other_incidents_per_report: Factor = Field(description="other incidents (adults missing among them) for each reported child episode")
    other_incident_mix: Mix3 = Field(description="shares of other incidents that are urgent, priority, routine")
    other_incident_desk_share: Share = Field(description="share of other incidents that ask for desk staff rather than a response unit")
    other_incident_hours: SomeHours = Field(description="mean hours of one other incident")
    other_incident_target_hours: HoursByUrgency = Field(
        description="hours within which other incidents should be attended: urgent, priority, routine"
    )
    other_families_per_year: Rate100k = Field(description="other families' cases a year that ask for a social worker's case slot")

    @model_validator(mode="after")
    def _someone_lives_here(self) -> Self:
        if sum(self.children) == 0:
            raise ValueError("area.children: an area needs at least one child who may go missing")
        return self
