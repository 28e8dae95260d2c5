"""Errors as problem+json (RFC 9457), in one place."""

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import RequestError

logger = structlog.get_logger()
MAX_BODY_BYTES = 65_536


def problem(status: int, slug: str, title: str, detail: str, **extra: object) -> JSONResponse:
    """A problem document. `detail` tells the client what to do."""
    body = {"type": f"urn:approdo:problem:{slug}", "title": title, "status": status, "detail": detail, **extra}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def _request_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestError)
    return problem(error.status, error.slug, error.title, error.detail, **error.extra)


def _validation_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # What was sent is not sent back: it may be private, and it may not even be text.
    wrong = [{"where": ".".join(str(part) for part in e["loc"]), "why": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{w['where']}: {w['why']}" for w in wrong[:3]).encode("ascii", "replace").decode()
    status = 400 if any(e["type"] == "json_invalid" for e in error.errors()) else 422
    return problem(status, "invalid-input", "The input is not valid", f"{detail}. See /docs.")


def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = str(error.detail) if error.detail != title else f"{title}. The API is described at /docs."
    return problem(error.status_code, title.lower().replace(" ", "-"), title, detail)


def _unexpected(_: Request, error: Exception) -> JSONResponse:
    logger.error("unexpected", exc_info=error)
    return problem(500, "internal", "Something went wrong here", "It was logged. Try again in a moment.")


class LimitBody:
    """Refuses a body that is too large while it comes in, whatever length it claims to have."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES, prefix: str = "/api/") -> None:
        self.app, self.limit, self.prefix = app, limit, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body of an API request before the route sees it; 413 as soon as it passes the limit."""
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix) or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # the client is gone
            chunks.append(message.get("body", b""))
            size, more = size + len(chunks[-1]), message.get("more_body", False)
            if size > self.limit:
                detail = f"The body is larger than {self.limit} bytes. Send less."
                response = problem(413, "too-large", "The body is too large", detail)
                await response(scope, receive, send)
                return
        body: Message | None = {"type": "http.request", "body": b"".join(chunks), "more_body": False}

        async def replay() -> Message:
            nonlocal body
            if body is not None:
                message, body = body, None
                return message
            return await receive()

        await self.app(scope, replay, send)


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem document."""
    app.add_exception_handler(RequestError, _request_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)
    app.add_middleware(LimitBody)
