"""The command that opens the app: what Streamlit is told, and requests that cannot be met."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from sim.cli import serve


def test_nothing_is_sent_and_errors_show_nothing():
    told = serve.settings("127.0.0.1", 8501)
    assert told["browser.gatherUsageStats"] is False
    assert told["client.showErrorDetails"] == "none"
    assert told["client.showErrorLinks"] == "false"
    assert told["server.showEmailPrompt"] is False
    assert told["server.maxUploadSize"] == 1
    assert told["client.allowedOrigins"] == []
    assert told["server.address"] == "127.0.0.1"


def test_streamlit_knows_every_setting():
    """An option that a new version renames would be ignored in silence."""
    from streamlit import config

    known = config.get_config_options()
    assert [name for name in serve.settings("127.0.0.1", 8501) if name not in known] == []


def test_only_this_machine_is_let_in_by_name():
    """On a loopback address no other host name is answered, so that a page elsewhere cannot reach the app by a name of its own."""
    assert "server.allowedHosts" in serve.settings("127.0.0.1", 1)
    assert "server.allowedHosts" not in serve.settings("0.0.0.0", 1)


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("192.0.2.1", False)])
def test_which_addresses_are_this_machine_alone(host, loopback):
    assert serve._loopback(host) is loopback


def test_a_port_in_use_is_one_message_and_exit_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "sim", "app", "--no-browser", "--port", port], capture_output=True, text=True, timeout=300
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"--port: nothing can listen at 127.0.0.1, port {port}")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_whoever_lets_others_in_is_warned(monkeypatch, capsys, host, warned):
    monkeypatch.setattr(serve, "_run", lambda host, port: None)
    monkeypatch.setattr(serve, "_free", lambda host, port: None)
    serve.serve(8501, host, True)
    assert ("It has no password" in capsys.readouterr().err) is warned
