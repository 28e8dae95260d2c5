"""Is it alive, is it ready, and what does it count."""

import asyncio

import sqlalchemy as sa
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from approdo.services import Services
from conversations.tables import health
from core.clock import now_ms
from core.metrics import INBOX_WAITING, QUEUE_WAITING


def _database_state(services: Services) -> str:
    """Whether it takes writes, which is what a full disk or a read-only file refuses."""
    try:
        with services.database.write() as tx:
            tx.execute(health.delete())
            tx.execute(health.insert().values(at=now_ms()))
    except sa.exc.SQLAlchemyError as error:
        return f"cannot be written: {str(error.__cause__ or error).splitlines()[0]}"
    return "ok"


def router(services: Services) -> APIRouter:
    """`/health/live`, `/health/ready`, `/metrics`."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/health/live")
    async def live() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @routes.get("/health/ready")
    async def ready() -> JSONResponse:
        """200 when messages can be written down and answered; 503 says what is missing."""
        bot = "ok" if await services.bot.is_ready() else "not there"
        checks = {
            "database": await asyncio.to_thread(_database_state, services),
            "bot": bot,
            "knowledge": f"ok, {len(services.knowledge.base.entries)} entries",
        }
        good = all(state.startswith("ok") for state in checks.values())
        return JSONResponse({"status": "ok" if good else "not ready", "checks": checks}, 200 if good else 503)

    @routes.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        """For Prometheus."""
        INBOX_WAITING.set(services.inbox.waiting())
        QUEUE_WAITING.clear()
        for ambito, length in services.desk.queue_lengths().items():
            QUEUE_WAITING.labels(ambito).set(length)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes
