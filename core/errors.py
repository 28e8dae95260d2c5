"""Every error that Approdo raises on purpose.

    ApprodoError
    ├── SettingsError            a variable of the environment is missing or wrong
    ├── ContentError             a file of knowledge/content or locales/ is wrong: names file and line
    │   └── SheetError           a spreadsheet is refused: names each sheet, row and column that is wrong
    ├── BotUnavailable           Rasa did not answer, or answered nothing
    └── RequestError             what a client asked cannot be done; carries an HTTP status
        ├── InvalidInput         400, 413 or 422: the request itself is wrong
        ├── NotAuthorized        401: no token, or a wrong one
        ├── NotAllowed           403: a known person who may not do this
        ├── NotFound             404
        └── Conflict             409: true when asked, no longer true
            └── AlreadyClaimed   somebody else has the conversation; says who

The edge (`approdo/problems.py`) turns a RequestError into problem+json (RFC 9457) in one place.
"""


class ApprodoError(Exception):
    """The root: catching it catches all of ours and nothing else."""


class SettingsError(ApprodoError):
    """A setting is missing or wrong; the message names the variable and says what it may be."""


class ContentError(ApprodoError):
    """A content file is wrong; the message names file, line and reason."""

    def __init__(self, reason: str, path: object, line: int | None = None) -> None:
        self.reason, self.path, self.line = reason, path, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}")


class SheetError(ContentError):
    """A spreadsheet is refused; `reasons` says of each cell what is wrong, and nothing has been taken from it."""

    SHOWN = 20

    def __init__(self, reasons: list[str], path: object) -> None:
        self.reasons = reasons
        more = [f"… and {len(reasons) - self.SHOWN} more"] if len(reasons) > self.SHOWN else []
        told = "\n  ".join([*reasons[: self.SHOWN], *more])
        super().__init__(f"nothing was imported. Put these right, then import again:\n  {told}", path)


class BotUnavailable(ApprodoError):
    """Rasa could not be reached, failed, or answered nothing.

    `down` is true where nothing answered at that address: it may just be starting.
    """

    def __init__(self, reason: str, *, down: bool = False) -> None:
        self.down = down
        super().__init__(reason)


class RequestError(ApprodoError):
    """What a client asked cannot be done. `slug` names the kind of problem, `detail` says what to do."""

    status = 400
    slug = "bad-request"
    title = "The request cannot be served"

    def __init__(self, detail: str, **extra: object) -> None:
        self.detail, self.extra = detail, extra
        super().__init__(detail)


class InvalidInput(RequestError):
    """The request is wrong in itself; sending it again changes nothing."""

    status = 422
    slug = "invalid-input"
    title = "The input is not valid"

    def __init__(self, detail: str, *, status: int = 422, **extra: object) -> None:
        self.status = status
        super().__init__(detail, **extra)


class NotAuthorized(RequestError):
    """No credentials, or wrong ones."""

    status = 401
    slug = "not-authorized"
    title = "Authorization is missing or wrong"


class NotAllowed(RequestError):
    """A known person who may not do this."""

    status = 403
    slug = "not-allowed"
    title = "Not allowed"


class NotFound(RequestError):
    """There is no such thing."""

    status = 404
    slug = "not-found"
    title = "Not found"


class Conflict(RequestError):
    """The world has changed since the client looked."""

    status = 409
    slug = "conflict"
    title = "The state has changed"


class AlreadyClaimed(Conflict):
    """Somebody else has the conversation."""

    slug = "already-claimed"
    title = "Somebody else has this conversation"

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(f"{holder} already has this conversation.", holder=holder)
