"""Training's cache and the processes' settings."""

import socket
import stat
from pathlib import Path

import pytest
import yaml

from approdo import training
from approdo.supervisor import as_environment, check_ports, children, write_endpoints
from core.errors import SettingsError
from core.settings import Settings
from knowledge.base import KnowledgeBase


def base(*texts: str) -> KnowledgeBase:
    return KnowledgeBase({}, [], out_of_scope=[("it", text) for text in texts])


def test_the_model_depends_on_the_questions_and_on_rasas_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = training.rasa_hash(base("uno"))
    assert training.rasa_hash(base("uno")) == before
    assert training.rasa_hash(base("uno", "due")) != before
    extra = tmp_path / "extra.yml"
    extra.write_text("x")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "_sources", lambda: iter([extra]))
    first = training.rasa_hash(base("uno"))
    extra.write_text("y")
    assert training.rasa_hash(base("uno")) != first


def test_rasa_gets_none_of_the_services_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENCRYPTION_KEY", "SESSION_SECRET", "FIRST_PASSWORD", "DATABASE_URL"):
        monkeypatch.setenv(name, "secret")
    environment = training.rasa_environment(BOT_TOKEN="t")
    assert "secret" not in environment.values()
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["BOT_TOKEN"] == "t"


def test_a_child_gets_the_settings_of_its_parent_whatever_env_says(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, port=8081, bot_token="geheim")  # type: ignore[arg-type]
    environment = as_environment(settings)
    assert environment["PORT"] == "8081"
    assert environment["BOT_TOKEN"] == "geheim"
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/approdo.db"
    assert "FIRST_PASSWORD" not in environment


def test_rasa_is_not_started_where_it_runs_elsewhere(tmp_path: Path) -> None:
    here = children(Settings(var_dir=tmp_path, rasa_url=None), tmp_path / "model")
    elsewhere = children(Settings(var_dir=tmp_path, rasa_url="http://rasa:5005"), tmp_path / "model")
    assert [child.name for child in here] == ["Rasa", "The services"]
    assert [child.name for child in elsewhere] == ["The services"]


def test_both_processes_share_a_secret_that_is_new_at_each_start(tmp_path: Path) -> None:
    tokens = []
    for _ in range(2):
        rasa, services = children(Settings(var_dir=tmp_path), tmp_path / "model")
        assert rasa.environment["BOT_TOKEN"] == services.environment["BOT_TOKEN"]
        tokens.append(rasa.environment["BOT_TOKEN"])
    assert tokens[0] != tokens[1]


def test_the_endpoints_in_use_are_for_this_user_only(tmp_path: Path) -> None:
    path = write_endpoints(Settings(port=8123), tmp_path, "token")
    endpoints = yaml.safe_load(path.read_text())
    assert endpoints["action_endpoint"] == {"url": "http://127.0.0.1:8123/webhook", "token": "token"}
    assert endpoints["nlg"]["type"] == "bot.nlg.LocaleResponses"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_port_that_is_taken_is_named_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsError, match=rf"PORT.*{taken.getsockname()[1]}.*make run PORT="):
            check_ports(Settings(port=taken.getsockname()[1]))
