"""Firefox without a window, driven over its own remote protocol (Marionette: a length, a colon, and a list as JSON), so that no driver is needed."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Space": " ", "ArrowDown": "\ue015"}
PATIENCE = 60.0
"""Seconds until a browser that does not answer is given up."""


class Firefox:
    """A browser with a profile of its own, which it leaves in `folder`."""

    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n')
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([program, "--headless", "--marionette", "--no-remote", "--profile", str(folder), "about:blank"], **quiet)
        self._count = 0
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                break
            except OSError:
                if time.monotonic() > until:
                    self.process.kill()
                    raise
                time.sleep(0.1)
        self._answer()
        self.ask("WebDriver:NewSession")

    def ask(self, command: str, **given: Any) -> Any:
        """Send a command and give its answer. Raises RuntimeError with what Firefox says."""
        self._count += 1
        text = json.dumps([0, self._count, command, given]).encode()
        self._line.sendall(b"%d:%s" % (len(text), text))
        _, _, error, answer = self._answer()
        if error:
            raise RuntimeError(error["message"])
        return answer

    def _answer(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._received(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self._received(int(length[:-1]) - len(text))
        return json.loads(text)

    def _received(self, most: int) -> bytes:
        part = self._line.recv(most)
        if not part:
            raise ConnectionError("Firefox has gone")
        return part

    def open(self, address: str) -> None:
        self.ask("WebDriver:Navigate", url=address)

    def evaluate(self, script: str, *given: Any) -> Any:
        """What an expression is on the page; `arguments` holds what is given."""
        return self.ask("WebDriver:ExecuteScript", script=f"return {script}", args=list(given))["value"]

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or by letter."""
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def tab_to(self, selector: str, most: int = 60) -> None:
        """Press Tab until the focus is there."""
        for _ in range(most):
            self.press("Tab")
            if self.evaluate("document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"{selector} is not reached by keyboard")

    def close(self) -> None:
        self._line.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
