"""Somebody at a page of the app: sets boxes, presses buttons, waits for the work behind the page, and reads."""

from __future__ import annotations

import time
from typing import Any

from streamlit.testing.v1 import AppTest

PATIENCE = 240.0


def plan() -> None:
    from sim.app import plan

    plan.show()


def analyse() -> None:
    from sim.app import analyse

    analyse.show()


def train() -> None:
    from sim.app import train

    train.show()


DOORS = {"plan": plan, "analyse": analyse, "train": train}


class Desk:
    """One browser tab. A traceback on a page fails the test at once."""

    def open(self, door: str) -> Desk:
        self.at = AppTest.from_function(DOORS[door], default_timeout=PATIENCE)
        return self.look()

    def look(self) -> Desk:
        """Show the page once more."""
        self.at.run()
        assert not self.at.exception, [one.value for one in self.at.exception]
        return self

    def set(self, kind: str, key: str, value: Any) -> Desk:
        """Choose or enter a value."""
        getattr(self.at, kind)(key=key).set_value(value)
        return self.look()

    def press(self, key: str) -> Desk:
        """Press a button."""
        self.at.button(key=key).click()
        return self.look()

    def upload(self, key: str, name: str, content: bytes) -> Desk:
        """Put a file into an upload box."""
        self.at.file_uploader(key=key).set_value((name, content, "application/toml"))
        return self.look()

    def job(self, key: str) -> Any:
        """The work behind the page."""
        return self.at.session_state[key]

    def wait(self, key: str) -> Desk:
        """Wait until the work behind the page is over, and look."""
        until = time.monotonic() + PATIENCE
        while not self.job(key).over:
            assert time.monotonic() < until, self.job(key)
            time.sleep(0.05)
        return self.look()

    def compare(self) -> Desk:
        """Press Compare, and wait for the whole answer."""
        return self.press("plan/go").wait("plan/job")

    @property
    def result(self) -> Any:
        """The comparison that is shown."""
        return self.job("plan/job").results["result"]

    @property
    def words(self) -> str:
        """Everything that stands on the page."""
        kinds = ("title", "header", "subheader", "caption", "code", "html", "markdown", "text")
        return "\n".join(str(one.value) for kind in kinds for one in getattr(self.at, kind))
