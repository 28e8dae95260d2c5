"""Structured logs without what people wrote."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Keys whose values are people's words or secrets, wherever they turn up.
PRIVATE = frozenset({"text", "body", "message", "token", "password", "authorization", "phone", "email"})


def redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the values of private keys by their kind and length."""
    for key in PRIVATE & event.keys():
        value = event[key]
        event[key] = f"<{type(value).__name__}, {len(value)}>" if hasattr(value, "__len__") else "<private>"
    return event


def set_up_logging(level: str = "info") -> None:
    """JSON lines on standard error (a readable form on a terminal), at `level` and above."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            redact,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
