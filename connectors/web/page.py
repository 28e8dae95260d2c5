"""The chat page at `/` and its static files."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse

from core.languages import LANGUAGES
from core.locales import locales

STATIC = Path(__file__).resolve().parent / "static"
# Nothing from elsewhere, nothing inline: a text that looks like mark-up stays a text.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {"Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
FILES = {"chat.js": "text/javascript", "chat.css": "text/css", "icon.svg": "image/svg+xml"}


def router() -> APIRouter:
    """The page, its files, and its words in every language there is a locale for."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def page() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={**HEADERS, "Cache-Control": "no-cache"})

    @routes.get("/api/web/texts")
    def texts() -> JSONResponse:
        words = {
            code: {
                "name": LANGUAGES[code].name,
                "direction": LANGUAGES[code].direction,
                **{key.partition(".")[2]: text for key, text in flat.items() if key.startswith(("web.", "notes."))},
            }
            for code, flat in locales().items()
        }
        return JSONResponse({code: words[code] for code in LANGUAGES if code in words})

    for name, kind in FILES.items():

        def file(path: Path = STATIC / name, kind: str = kind) -> FileResponse:
            return FileResponse(path, media_type=kind, headers={**HEADERS, "Cache-Control": "no-cache"})

        routes.add_api_route(f"/chat/{name}", lambda f=file: f(), methods=["GET"])

    return routes
