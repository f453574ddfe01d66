"""A component that keeps no statistics of itself."""

from __future__ import annotations

import salabim


class Quiet(salabim.Component):
    """Without monitors of its status and mode: they would grow with every change."""

    def setup(self) -> None:
        self.status.monitor(False)
        self.mode.monitor(False)
