"""The set-up: what it finds, what it leaves out, what it says."""

import sys
from pathlib import Path

import pytest

import bootstrap


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def test_a_shim_that_does_not_run_is_no_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.on_path("3.10") is None
    script(tmp_path / "python3.10", "echo 3.10")
    assert bootstrap.on_path("3.10") == str(tmp_path / "python3.10")


def test_the_newest_of_pyenv_that_runs_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    for version, body in (("3.10.9", "echo 3.10"), ("3.10.13", "echo 3.10"), ("3.10.14", "exit 1")):
        script(tmp_path / "versions" / version / "bin" / "python", body)
    assert bootstrap.in_pyenv("3.10") == str(tmp_path / "versions" / "3.10.13" / "bin" / "python")
    assert bootstrap.in_pyenv("3.7") is None


def test_without_any_python_3_10_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for finder in ("on_path", "in_pyenv", "through_uv"):
        monkeypatch.setattr(bootstrap, finder, lambda version: None)
    with pytest.raises(bootstrap.SetupError, match=r"pyenv install 3\.10"):
        bootstrap.bot_python()


def test_tensorflow_and_what_only_it_needs_are_left_out() -> None:
    listing = """\
absl-py==1.4.0
    # via
    #   rasa
    #   tensorflow
keras==2.12.0
    # via tensorflow
wrapt==1.14.2
    # via keras
numpy==1.23.5
    # via
    #   keras
    #   rasa
rasa[spacy]==3.6.21
    # via approdo-bot (bot/pyproject.toml)
tensorflow==2.12.0
    # via rasa
""".splitlines()
    kept = bootstrap.without_tensorflow(listing)
    assert [line.partition("==")[0] for line in kept] == ["absl-py", "numpy", "rasa[spacy]"]


def test_an_environment_is_ready_only_when_made_to_the_end_from_todays_lock(tmp_path: Path) -> None:
    lock, venv = tmp_path / "lock", tmp_path / "venv"
    lock.write_text("a==1\n")
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    assert not bootstrap.is_ready(venv, lock)
    (venv / ".approdo-stamp").write_text(bootstrap.stamp(lock))
    assert bootstrap.is_ready(venv, lock)
    lock.write_text("a==2\n")
    assert not bootstrap.is_ready(venv, lock)


def test_a_step_that_fails_says_so_with_the_end_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "LOGS", tmp_path / "log")
    with pytest.raises(bootstrap.SetupError, match=r"(?s)a step failed.*no such thing"):
        bootstrap.run("a step", ["sh", "-c", "echo no such thing; exit 3"])


def test_the_locks_name_releases_and_no_place() -> None:
    for lock in (bootstrap.SERVICES_LOCK, bootstrap.BOT_LOCK):
        for line in lock.read_text().splitlines():
            name, _, version = line.partition("==")
            assert name
            assert version
            assert not set("+@/ ") & set(line), line
    assert "tensorflow" not in bootstrap.BOT_LOCK.read_text()
