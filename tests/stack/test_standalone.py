"""The action server alone, as Rasa people start it."""

import os
import subprocess
import sys

import httpx
import pytest

from approdo.stack import free_port
from core.settings import ROOT, get_settings
from tests.conftest import eventually

pytestmark = pytest.mark.stack


def test_the_actions_run_under_the_sdks_own_server() -> None:
    port = free_port()
    environment = {**os.environ, "VAR_DIR": str(get_settings().var_dir)}
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def healthy() -> bool:
        assert server.poll() is None, server.stdout.read().decode() if server.stdout else ""
        try:
            return httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        except httpx.HTTPError:
            return False

    try:
        eventually(healthy, 40)
        latest = {"text": "how do I renew my residence permit", "entities": [{"entity": "language", "value": "en"}]}
        tracker = {
            "sender_id": "x", "slots": {}, "latest_message": latest, "events": [], "paused": False,
            "followup_action": None, "active_loop": {}, "latest_action_name": None,
        }  # fmt: skip
        call = {"next_action": "action_answer", "sender_id": "x", "tracker": tracker, "domain": {}}
        answer = httpx.post(f"http://127.0.0.1:{port}/webhook", json=call, timeout=30)
        assert answer.status_code == 200
        (said,) = answer.json()["responses"]
        assert said["custom"]["topics"] == ["permesso-rinnovo"]
        assert said["custom"]["language"] == "en"
    finally:
        server.terminate()
        server.communicate(timeout=20)
