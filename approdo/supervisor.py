"""`approdo run`: starts Rasa and the services, starts again what dies, stops both together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import yaml
from pydantic import SecretStr

from approdo.training import RASA, Say, rasa_environment
from core.crypto import new_secret
from core.errors import SettingsError
from core.settings import ROOT, Settings

# A process that dies again and again is started again ever later, at most after this many seconds.
MAX_PAUSE = 10.0
STOP_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Linux: should the supervisor be killed outright, its children end too."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def write_endpoints(settings: Settings, folder: Path, action_token: str) -> Path:
    """A copy of `endpoints.yml` with the port and the token in use."""
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    endpoints["action_endpoint"] = {"url": f"http://127.0.0.1:{settings.port}/webhook", "token": action_token}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "endpoints.yml"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        yaml.safe_dump(endpoints, file)
    return path


@dataclass
class Child:
    """A process that is kept running."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = 0.5
    started: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it; what it prints goes to the end of its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,  # Ctrl-C reaches the supervisor, which stops them in order
                preexec_fn=_die_with_parent,
            )
        self.started = time.monotonic()

    def check(self, say: Say) -> None:
        """Start it again if it died, not at once if it dies often."""
        if self.process is None:
            if time.monotonic() >= self.not_before:
                self.start()
        elif self.process.poll() is not None:
            if time.monotonic() - self.started > 60:
                self.pause = 0.5
            say(f"{self.name} ended ({self.process.returncode}); again in {self.pause:.1f} s. Its log: {self.log}")
            self.process, self.not_before = None, time.monotonic() + self.pause
            self.pause = min(self.pause * 2, MAX_PAUSE)

    def stop(self) -> None:
        """Ask it to end; end it if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def children(settings: Settings, model: Path) -> list[Child]:
    """Rasa and the services, with the secrets that they share."""
    bot_token = settings.bot_token.get_secret_value() if settings.bot_token else new_secret()
    action_token = settings.action_token.get_secret_value() if settings.action_token else new_secret()
    endpoints = write_endpoints(settings, settings.var_dir / "run", action_token)
    logs = settings.var_dir / "log"
    rasa = [
        str(RASA), "run", "--interface", "127.0.0.1", "--port", str(settings.rasa_port), "--model", str(model),
        "--endpoints", str(endpoints), "--credentials", "credentials.yml",
    ]  # fmt: skip
    shared = {"BOT_TOKEN": bot_token, "ACTION_TOKEN": action_token}
    services = {**os.environ, **as_environment(settings), **shared}
    started = [Child("The services", [sys.executable, "-m", "approdo", "serve"], services, logs / "services.log")]
    if settings.rasa_url is None:  # else somebody else runs it, and knows BOT_TOKEN
        started.insert(0, Child("Rasa", rasa, rasa_environment(BOT_TOKEN=bot_token), logs / "rasa.log"))
    return started


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables that give a child these settings, whatever `.env` says."""
    given = {name: getattr(settings, name) for name in type(settings).model_fields}
    given |= {"database_url": settings.database, "rasa_url": settings.rasa}
    secrets = {name: value.get_secret_value() for name, value in given.items() if isinstance(value, SecretStr)}
    return {name.upper(): str(value) for name, value in (given | secrets).items() if value is not None}


def wait_until_ready(settings: Settings, say: Say, alive: Callable[[], None], seconds: float = 120) -> bool:
    """Whether `/health/ready` says so within `seconds`."""
    started = told = time.monotonic()
    while time.monotonic() - started < seconds:
        alive()
        try:
            if httpx.get(f"http://127.0.0.1:{settings.port}/health/ready", timeout=3).status_code == 200:
                return True
        except httpx.HTTPError:
            pass
        if time.monotonic() - told > 3:
            told = time.monotonic()
            say(f"  starting … {told - started:.0f} s")
        time.sleep(0.2)
    return False


def addresses(settings: Settings) -> str:
    """Where everything is."""
    base = f"http://localhost:{settings.port}"
    rows = (
        ("web chat", "/"), ("staff console", "/console"), ("API docs", "/docs"),
        ("alive?", "/health/live"), ("ready?", "/health/ready"), ("metrics", "/metrics"),
    )  # fmt: skip
    return "\n".join(f"  {name:<14} {base}{path}" for name, path in rows)


def check_ports(settings: Settings) -> None:
    """Raises `SettingsError` where something else already listens on a port that is needed."""
    needed = {"PORT": settings.port} | ({} if settings.rasa_url else {"RASA_PORT": settings.rasa_port})
    for variable, port in needed.items():
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise SettingsError(
                    f"{variable}: something already listens on {port}. Stop it, or choose another: "
                    f"`make run {variable}={port + 1}`."
                )


def supervise(settings: Settings, model: Path, say: Say) -> None:
    """Run until interrupted."""
    check_ports(settings)
    running = children(settings, model)
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    def alive() -> None:
        for child in running:
            child.check(say)
        if stopping:
            raise KeyboardInterrupt

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    try:
        if wait_until_ready(settings, say, alive):
            say(f"Approdo is ready:\n{addresses(settings)}\nCtrl-C stops it.")
        else:
            say(f"Not ready after two minutes; still trying. Logs: {settings.var_dir / 'log'}")
        while True:
            alive()
            time.sleep(0.3)
    except KeyboardInterrupt:
        say("Stopping …")
    finally:
        for child in reversed(running):
            child.stop()
