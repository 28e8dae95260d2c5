"""`approdo run`: starts Rasa and the services, starts again what dies, stops both together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import yaml

from approdo.training import RASA, Say, rasa_environment
from core.crypto import new_secret
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
    services = {
        **os.environ, **shared, "VAR_DIR": str(settings.var_dir),
        "PORT": str(settings.port), "RASA_PORT": str(settings.rasa_port), "HOST": settings.host,
    }  # fmt: skip
    return [
        Child("Rasa", rasa, rasa_environment(BOT_TOKEN=bot_token), logs / "rasa.log"),
        Child("The services", [sys.executable, "-m", "approdo", "serve"], services, logs / "services.log"),
    ]


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


def supervise(settings: Settings, model: Path, say: Say) -> None:
    """Run until interrupted."""
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
