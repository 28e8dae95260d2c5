"""Which Chromium the tests and the pictures use, and how it is started."""

import shutil

from core.errors import ApprodoError

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# It runs as root in CI, and must not call home.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of a Chromium. Raises `ApprodoError` that says how to get one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise ApprodoError("Chromium is missing: `python3 bootstrap.py test` installs it where it may.")
    return found
