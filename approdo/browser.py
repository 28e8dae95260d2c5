"""Which Chromium the tests and the pictures use, how it is started, and how one logs in with it."""

from playwright.sync_api import Page

from bootstrap import browser
from core.errors import ApprodoError

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
    found = browser()
    if found is None:
        raise ApprodoError("Chromium is missing: `python3 bootstrap.py test` installs it where it may.")
    return found


def log_in(page: Page, url: str, username: str, password: str) -> None:
    """Fill in the console's log-in and send it; what comes then is for the caller to see."""
    page.goto(f"{url}/console")
    page.get_by_label("Nome utente").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Entra").click()
