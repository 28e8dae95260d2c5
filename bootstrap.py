"""Create what is missing to run Approdo: two Python environments, and for the tests a browser with fonts.

    python3 bootstrap.py          the environments: .venv (services) and bot/.venv (Rasa)
    python3 bootstrap.py test     the same, and Chromium with fonts for every script
    python3 bootstrap.py lock     resolve anew and write requirements.lock and bot/requirements.lock

The second time it finds everything in place and takes a moment. It runs on the bare Python of the machine, so it uses
the standard library only. `make` calls it; everything after it goes through the `approdo` command.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SERVICES = ROOT / ".venv"
BOT = ROOT / "bot" / ".venv"
SERVICES_LOCK = ROOT / "requirements.lock"
BOT_LOCK = ROOT / "bot" / "requirements.lock"
LOGS = ROOT / "var" / "log"
SERVICES_VERSIONS = ("3.11", "3.12", "3.13")
FONT_PACKAGES = ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-color-emoji")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# TensorFlow and what nothing but TensorFlow needs are left out of the bot's lock.
TENSORFLOW = {"tensorflow", "tensorflow-hub", "tensorflow-text", "tensorflow-io-gcs-filesystem"}


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(text: str) -> None:
    """One line, at once, also when several environments are made side by side."""
    print(text, flush=True)


def run(what: str, command: list[str], **options: object) -> None:
    """Run `command`, its output in a log file; say every few seconds that it is still going.

    Raises `SetupError` with the last lines of the log if it fails.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / (re.sub(r"\W+", "-", what.lower()).strip("-") + ".log")
    started = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, **options)  # type: ignore[call-overload]
        while True:
            try:
                code = process.wait(timeout=10 if time.monotonic() - started > 2 else 2)
                break
            except subprocess.TimeoutExpired:
                say(f"  {what} … {time.monotonic() - started:.0f} s")
    if code != 0:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise SetupError(f"{what} failed (the whole log: {log.relative_to(ROOT)}):\n{tail}")


def version_of(python: str) -> str | None:
    """`3.10` for a Python that runs, None for one that does not (a pyenv shim without its version, say)."""
    code = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def on_path(version: str) -> str | None:
    """`pythonX.Y` from PATH, if it runs."""
    for name in (f"python{version}", "python3", "python"):
        found = shutil.which(name)
        if found and version_of(found) == version:
            return found
    return None


def in_pyenv(version: str) -> str | None:
    """The newest X.Y.* that pyenv has installed, if any."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = sorted(root.glob(f"{version}.*/bin/python"), key=lambda p: [int(n) for n in re.findall(r"\d+", str(p))])
    return next((str(path) for path in reversed(found) if version_of(str(path)) == version), None)


def through_uv(version: str) -> str | None:
    """X.Y fetched by uv, which the services environment brings along."""
    uv = shutil.which("uv") or str(SERVICES / "bin" / "uv")
    if not Path(uv).exists():
        return None
    say(f"  Python {version} is not on PATH nor in pyenv: asking uv for it")
    try:
        subprocess.run([uv, "python", "install", version], check=True, capture_output=True, timeout=600)
        done = subprocess.run([uv, "python", "find", version], check=True, capture_output=True, text=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def services_python() -> str:
    """A Python for the services: the one that runs this file if it fits, else the first that does."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" in SERVICES_VERSIONS and version_of(sys.executable):
        return sys.executable
    for version in SERVICES_VERSIONS:
        found = on_path(version) or in_pyenv(version)
        if found:
            return found
    raise SetupError(
        "Approdo needs Python 3.11, 3.12 or 3.13: install one (for example `pyenv install 3.11`) and retry."
    )


def find_bot_python() -> str | None:
    """A Python 3.10 that is already on the machine."""
    return on_path("3.10") or in_pyenv("3.10")


def bot_python() -> str:
    """A Python 3.10 for Rasa: PATH, pyenv, uv, in that order."""
    found = find_bot_python() or through_uv("3.10")
    if not found:
        raise SetupError(
            "Rasa 3.6 needs Python 3.10, which is not on PATH, not in pyenv, and could not be fetched by uv: "
            "install it (`pyenv install 3.10`, or your system's python3.10 with its venv module) and retry."
        )
    return found


def stamp(lock: Path) -> str:
    """What an environment was made from: the lock and this file's way of making it."""
    return hashlib.sha256(lock.read_bytes() + b"1").hexdigest()


def is_ready(venv: Path, lock: Path) -> bool:
    """Whether `venv` was made, to the end, from `lock`."""
    mark = venv / ".approdo-stamp"
    return mark.is_file() and mark.read_text() == stamp(lock) and version_of(str(venv / "bin" / "python")) is not None


def make_environment(name: str, venv: Path, lock: Path, python: str, options: list[str]) -> None:
    """Make `venv` with `python` and install `lock` into it with pip, as pip is configured on this machine."""
    say(f"  {name}: {venv.relative_to(ROOT)} with {python}")
    if venv.exists():
        shutil.rmtree(venv)
    run(f"{name}: new environment", [python, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    run(f"{name}: build tools", [*pip, "setuptools<81", "wheel"])
    # pip compiles bytecode as it installs: without it Rasa takes twice as long to start.
    run(f"{name}: packages", [*pip, *options, "-r", str(lock)])


def link_checkout(venv: Path, *imports: str) -> None:
    """Make the checkout importable from `venv`; `imports` are run at each start of its Python."""
    (site,) = venv.glob("lib/python3*/site-packages")
    (site / "approdo.pth").write_text("\n".join([str(ROOT), *(f"import {name}" for name in imports)]) + "\n")


def set_up_services() -> None:
    """`.venv`, with the `approdo` command."""
    if not is_ready(SERVICES, SERVICES_LOCK):
        make_environment("services", SERVICES, SERVICES_LOCK, services_python(), [])
    link_checkout(SERVICES)
    command = SERVICES / "bin" / "approdo"
    command.write_text(f"#!{SERVICES / 'bin' / 'python'}\nfrom approdo.cli import app\n\napp()\n")
    command.chmod(0o755)
    (SERVICES / ".approdo-stamp").write_text(stamp(SERVICES_LOCK))


def set_up_bot() -> None:
    """`bot/.venv`, with the `rasa` command; no dependency is resolved, the lock says all."""
    if not is_ready(BOT, BOT_LOCK):
        make_environment("Rasa", BOT, BOT_LOCK, bot_python(), ["--no-deps"])
    link_checkout(BOT, "bot.no_tensorflow")
    (BOT / ".approdo-stamp").write_text(stamp(BOT_LOCK))


def set_up_environments() -> None:
    """Both, side by side where the bot's does not have to wait for the services' uv."""
    missing = [
        name
        for name, venv, lock in (("services", SERVICES, SERVICES_LOCK), ("Rasa", BOT, BOT_LOCK))
        if not is_ready(venv, lock)
    ]
    if missing:
        say(f"Setting up {' and '.join(missing)} (once; a few minutes)")
    failures: list[BaseException] = []

    def guarded(step: object) -> None:
        try:
            step()  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    steps = [threading.Thread(target=guarded, args=(set_up_services,))]
    side_by_side = is_ready(BOT, BOT_LOCK) or find_bot_python() is not None
    if side_by_side:
        steps.append(threading.Thread(target=guarded, args=(set_up_bot,)))
    for step in steps:
        step.start()
    for step in steps:
        step.join()
    if not side_by_side and not failures:
        guarded(set_up_bot)
    if failures:
        raise failures[0]


def browser() -> str | None:
    """The Chromium that the browser tests drive."""
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def set_up_browser() -> None:
    """Chromium and the Noto fonts, by apt where they are missing and this user may install."""
    fonts = Path("/usr/share/fonts")
    wanted = [] if browser() else ["chromium"]
    if not list(fonts.glob("**/NotoSansArabic*")) or not list(fonts.glob("**/NotoSansCJK*")):
        wanted += FONT_PACKAGES
    if not wanted:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise SetupError(
            f"The browser tests need: {' '.join(wanted)}. Install them (on Debian: `apt install …`) and retry."
        )
    say(f"Installing {' '.join(wanted)} with apt")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt: package lists", ["apt-get", "update", "-qq"], env=quiet)
    run("apt: browser and fonts", ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted], env=quiet)


def without_tensorflow(lines: list[str]) -> list[str]:
    """The pins of a `uv pip compile` listing, less TensorFlow and what only it (or what goes with it) asks for."""
    wanted_by: dict[str, set[str]] = {}
    pins: dict[str, str] = {}
    current = ""
    for line in lines:
        if pin := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==\S+", line):
            current = pin[1].lower()
            pins[current], wanted_by[current] = pin[0], set()
        elif current and (via := re.match(r"\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)", line)) and via[1] != "via":
            wanted_by[current].add(via[1].lower())
    dropped = set(TENSORFLOW)
    while more := {p for p, by in wanted_by.items() if p not in dropped and by and by <= dropped}:
        dropped |= more
    return [pins[name] for name in sorted(pins) if name not in dropped]


def write_locks() -> None:
    """Resolve both environments anew."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "venv"
        run("lock: new environment", [services_python(), "-m", "venv", str(fresh)])
        pip = [str(fresh / "bin" / "python"), "-m", "pip"]
        run("lock: services", [*pip, "install", f"{ROOT}[dev]"])
        frozen = subprocess.run([*pip, "freeze", "--all"], check=True, capture_output=True, text=True).stdout
        # A local build of torch (+cpu) is this machine's matter: the lock names the release.
        lines = [re.sub(r"\+\w+$", "", line) for line in frozen.splitlines() if not re.match(r"approdo|pip==", line)]
        SERVICES_LOCK.write_text("\n".join(lines) + "\n")
        uv, listing = str(fresh / "bin" / "uv"), Path(folder) / "bot.txt"
        run("lock: Rasa", [uv, "pip", "compile", "--python", bot_python(), "bot/pyproject.toml", "-o", str(listing)])
        BOT_LOCK.write_text("\n".join(without_tensorflow(listing.read_text().splitlines())) + "\n")
    say(f"Wrote {SERVICES_LOCK.name} and {BOT_LOCK.relative_to(ROOT)}")


def main(arguments: list[str]) -> int:
    """Do what the arguments name; print one clear sentence and return 1 where it cannot be done."""
    try:
        if arguments == ["lock"]:
            write_locks()
        elif arguments in ([], ["test"]):
            set_up_environments()
            if arguments:
                set_up_browser()
        else:
            say(__doc__ or "")
            return 2
    except SetupError as error:
        say(f"Set-up stopped. {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
