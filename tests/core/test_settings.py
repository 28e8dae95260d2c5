import re
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import ROOT, Settings, read_settings

_LINE = re.compile(r"^#([A-Z_]+)=(.*)$", re.MULTILINE)
SECRETS = ("ENCRYPTION_KEY", "SESSION_SECRET", "BOT_TOKEN", "ACTION_TOKEN")


@pytest.fixture(autouse=True)
def blank_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither this machine's variables nor its .env."""
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)


def shown() -> list[tuple[str, str]]:
    return _LINE.findall((ROOT / ".env.example").read_text("utf-8"))


def test_the_example_documents_each_setting_once() -> None:
    assert sorted(name for name, _ in shown()) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_shows_the_values_that_hold_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = read_settings().model_dump()
    given = {name: value for name, value in shown() if value}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    read = read_settings().model_dump()
    assert {**read, "var_dir": ROOT / read["var_dir"]} == defaults
    without = {name.upper() for name, value in defaults.items() if value is None}
    assert without == {name for name, value in shown() if not value}


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=9001\nHOST=0.0.0.0\nSOMETHING_ELSE=1\n")
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    monkeypatch.setenv("PORT", "9002")
    settings = read_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("RASA_PORT", "http"),
        ("RASA_TIMEOUT_SECONDS", "0"),
        ("BOT_ATTEMPTS", "0"),
        ("BOT_PATIENCE_SECONDS", "-1"),
        ("ENVIRONMENT", "staging"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"{name}: .*{re.escape(repr(value))}.*\.env\.example"):
        read_settings()


@pytest.mark.parametrize("missing", SECRETS)
def test_production_asks_for_each_secret(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    for name in {*SECRETS} - {missing}:
        monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError, match=f"^{missing} is not set"):
        read_settings()
    monkeypatch.setenv(missing, "x")
    assert read_settings().environment == "production"


def test_production_takes_no_empty_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    for name in SECRETS:
        monkeypatch.setenv(name, "")
    with pytest.raises(SettingsError, match="is not set"):
        read_settings()


def test_secrets_are_not_shown() -> None:
    assert "geheim" not in repr(Settings(bot_token="geheim"))  # type: ignore[arg-type]


def test_addresses_follow_from_what_is_set() -> None:
    settings = Settings(var_dir=Path("/data"), rasa_port=5006)
    assert settings.database == "sqlite:////data/approdo.db"
    assert settings.rasa == "http://127.0.0.1:5006"
    elsewhere = Settings(database_url="sqlite:////x.db", rasa_url="http://rasa:5005/")
    assert (elsewhere.database, elsewhere.rasa) == ("sqlite:////x.db", "http://rasa:5005")
