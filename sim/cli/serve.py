"""The command that opens the local app in a browser."""

from __future__ import annotations

import ipaddress
import threading
from pathlib import Path
from typing import Annotated, Any

import typer

from .app import app
from .numbers import number
from .printing import complain

LOCAL = "127.0.0.1"
WHO = "Without it no other machine can reach the app; other users of this one can."
READY_AFTER = 30.0
"""Seconds for which the browser is held back until the app answers."""


@app.command(name="app")
def serve(
    port: Annotated[int, number("--port", 1, 65535, help="The port on this machine.", metavar="PORT")] = 8501,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help=f"The address to listen at. {WHO}")] = LOCAL,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser; print the address only.")] = False,
) -> None:
    """Open the app: plan, train and analyse in a browser on this machine. Stop it with Ctrl-C.

    It asks nothing of any other machine, sends no usage statistics, and keeps what it simulates below results (or MISSING_SIM_RESULTS).

    \b
    Example:
      missing-sim app
      missing-sim app --port 8600 --no-browser
    """
    _installed()
    _free(host, port)
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}"
    if not _loopback(host):
        complain(f"Warning: with --host {host} anyone who can reach this machine can use the app. It has no password. {LOCAL} keeps it here.")
    typer.echo(f"The app is at {address}. Stop it with Ctrl-C.")
    if not no_browser:
        threading.Thread(target=_browse, args=(host, port, address), daemon=True).start()
    _run(host, port)


def settings(host: str, port: int) -> dict[str, Any]:
    """What Streamlit is told: nothing is sent or fetched, errors are not shown in full, and uploads are small."""
    from ..app.limits import MOST_UPLOAD
    from ..app.look import THEME

    told: dict[str, Any] = {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.allowRunOnSave": False,
        "server.maxUploadSize": max(1, MOST_UPLOAD // 1_000_000),
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableStaticServing": False,
        "browser.gatherUsageStats": False,
        "browser.serverAddress": host,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "client.allowedOrigins": [],
        "runner.postScriptGC": False,
        "global.developmentMode": False,
        "logger.level": "error",
        "logger.hideWelcomeMessage": True,
    }
    if _loopback(host):
        told["server.allowedHosts"] = [LOCAL, "localhost", "[::1]", "::1", host]
    return told | THEME


def _run(host: str, port: int) -> None:
    """Serve until the process is told to stop."""
    from streamlit.web import bootstrap

    from ..app.jobs import queue

    threading.Thread(target=_get_ready, daemon=True).start()
    options = {name.replace(".", "_"): value for name, value in settings(host, port).items()}
    bootstrap.load_config_options(options)
    try:
        bootstrap.run(str(Path(__file__).parent.parent / "app" / "main.py"), False, [], options)
    finally:
        queue().close()


def _get_ready() -> None:
    """Load what the first answer needs, while the browser opens."""
    from ..app.warm import begin

    begin()


def _installed() -> None:
    """Raises ScenarioError if the extra is not installed."""
    from importlib.util import find_spec

    from ..scenario.errors import Problem, ScenarioError

    if find_spec("streamlit") is None:
        raise ScenarioError(Problem("", None, "app", "Streamlit is not installed", "in the repository: pip install -e '.[app]'"))


def _free(host: str, port: int) -> None:
    """Raises ScenarioError if nobody can listen there."""
    import socket

    from ..scenario.errors import Problem, ScenarioError

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise ScenarioError(Problem("", None, "--host", f'"{host}" is no address of this machine', f"allowed: an address such as {LOCAL}")) from None
    except (OSError, UnicodeError) as error:
        reason = str(getattr(error, "strerror", None) or error).lower()
        what = f"nothing can listen at {host}, port {port} ({reason})"
        raise ScenarioError(Problem("", None, "--port", what, "choose another --port, or stop the app that runs there")) from None


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _browse(host: str, port: int, address: str) -> None:
    """Open the browser as soon as the app answers."""
    import socket
    import time
    import webbrowser

    until = time.monotonic() + READY_AFTER
    while time.monotonic() < until:
        try:
            with socket.create_connection((host, port), timeout=1.0):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.2)
