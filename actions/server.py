"""The action server as a route of the services' application: the SDK's executor, without a process of its own."""

import hmac
import ipaddress
from typing import Any

from fastapi import APIRouter, Request
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.responses import JSONResponse

from core.errors import InvalidInput, NotAllowed, NotFound


def _is_local(request: Request) -> bool:
    """Whether the request comes from this machine and through no proxy."""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "via"))
    try:
        return not forwarded and ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def router(token: str | None) -> APIRouter:
    """`POST /webhook`, for Rasa alone: with `?token=` where there is one, from this machine where there is none."""
    routes = APIRouter(tags=["operation"])
    executor = ActionExecutor()
    executor.register_package("actions")

    def check(request: Request) -> None:
        given = request.query_params.get("token", "")
        if token and hmac.compare_digest(given.encode(), token.encode()):
            return
        if token or not _is_local(request):
            raise NotAllowed("This address is for Rasa. Set ACTION_TOKEN on both sides if it runs on another machine.")

    @routes.post("/webhook", include_in_schema=False)
    async def webhook(request: Request) -> JSONResponse:
        check(request)
        try:
            call: dict[str, Any] = await request.json()
            name = call["next_action"]
        except (ValueError, KeyError, TypeError):
            raise InvalidInput("Not an action call: see Rasa's documentation of custom actions.") from None
        if not isinstance(name, str) or not isinstance(call.get("tracker"), dict):
            raise InvalidInput("Not an action call: see Rasa's documentation of custom actions.")
        try:
            result = await executor.run(call)
        except ActionNotFoundException:
            raise NotFound(f"There is no action `{name}`.") from None
        except ActionExecutionRejection as rejection:
            return JSONResponse({"error": str(rejection), "action_name": rejection.action_name}, 400)
        return JSONResponse(result.model_dump() if result else {})

    return routes
