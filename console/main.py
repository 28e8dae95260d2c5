"""Mounts the console on the application."""

from fastapi import FastAPI
from nicegui import ui

from console import desk as desk_page
from console import login as login_page
from console.session import Sessions
from conversations.desk import Desk
from conversations.ownership import Ownership
from conversations.staff import Staff

PATH = "/console"


def mount(app: FastAPI, *, desk: Desk, ownership: Ownership, staff: Staff, secret: str) -> None:
    """Add the console's pages under `/console`."""
    sessions = Sessions(staff)
    login_page.register(sessions)
    desk_page.register(sessions, desk, ownership)
    ui.run_with(
        app,
        mount_path=PATH,
        storage_secret=secret,
        title="Approdo – Sportello",
        language="it",
        dark=None,
        show_welcome_message=False,
        reconnect_timeout=30,
    )
