"""The services as one FastAPI application."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from actions import server as action_server
from approdo import health, problems
from approdo.services import Services
from connectors.web import api as web_api
from connectors.web import page as web_page
from connectors.web.api import WebChat
from core.crypto import kept_secret
from core.logging import set_up_logging
from core.settings import Settings, get_settings

DESCRIPTION = "A multilingual assistant that gives migrants qualified information, and a person when one is needed."


def build(settings: Settings | None = None) -> FastAPI:
    """The application; `uvicorn --factory approdo.app:build` serves it."""
    settings = settings or get_settings()
    set_up_logging(settings.log_level)
    services = Services.build(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tasks = services.start()
        yield
        await services.stop(tasks)

    app = FastAPI(title="Approdo", version="0.1.0", description=DESCRIPTION, lifespan=lifespan)
    app.state.services = services
    problems.install(app)

    def check_ambito(ambito: str) -> str:
        return services.knowledge.base.check_ambito(ambito)

    chat = WebChat(services.store, services.intake, services.outbox, settings.default_ambito, check_ambito)
    app.include_router(web_api.router(chat))
    app.include_router(web_page.router())
    token = settings.action_token.get_secret_value() if settings.action_token else None
    app.include_router(action_server.router(token))
    app.include_router(health.router(services))
    _mount_console(app, services)
    return app


def _mount_console(app: FastAPI, services: Services) -> None:
    # NiceGUI reads where it may keep its files when it is imported.
    os.environ.setdefault("NICEGUI_STORAGE_PATH", str(services.settings.var_dir / "console"))
    from console.main import mount

    secret = services.settings.session_secret
    mount(
        app,
        desk=services.desk,
        ownership=services.ownership,
        staff=services.staff,
        secret=secret.get_secret_value() if secret else kept_secret(services.settings.var_dir / "session.key"),
    )
