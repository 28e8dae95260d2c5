"""Debian's Chromium, driven by Playwright for Python; no browser is downloaded."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from approdo.browser import CHROMIUM_FLAGS, chromium


# For a module, not the session: while Playwright is there this thread has a running event loop, and other modules'
# tests start loops of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert shutil.which(chromium()), "Chromium is missing: `python3 bootstrap.py test` installs it"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield launched
        launched.close()
