"""A scenario that was chosen on a page, and what others know it by."""

from __future__ import annotations

from dataclasses import dataclass

from ..scenario import Scenario


@dataclass(frozen=True)
class Chosen:
    """A scenario that was chosen, and the text of its file, which can be taken away (empty for one of the library)."""

    scenario: Scenario
    text: str = ""

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return f"{self.scenario.name}.toml"

    @property
    def command(self) -> str:
        """What a command names it by."""
        return f"./{self.file_name}" if self.text else self.scenario.name
