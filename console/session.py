"""Who is logged in, in this browser."""

import time
from collections import defaultdict, deque

from nicegui import app, run

from conversations.staff import Operator, Staff
from core.errors import NotFound

_KEY = "operator_id"
# So many wrong passwords for one name within the window, and that name waits.
ATTEMPTS, WINDOW_SECONDS = 5, 300.0


class Sessions:
    """Log-in and log-out over NiceGUI's signed cookie."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self._failures: defaultdict[str, deque[float]] = defaultdict(deque)

    def operator(self) -> Operator | None:
        """Who is logged in here, if anybody, and if they still may be."""
        operator_id = app.storage.user.get(_KEY)
        if operator_id is None:
            return None
        try:
            return self.staff.get(int(operator_id))
        except NotFound:
            self.log_out()
            return None

    async def log_in(self, username: str, password: str) -> str | None:
        """None when logged in; else what to tell the person."""
        failures = self._failures[username.strip().lower()]
        now = time.monotonic()
        while failures and now - failures[0] > WINDOW_SECONDS:
            failures.popleft()
        if len(failures) >= ATTEMPTS:
            return "Troppi tentativi: riprova tra qualche minuto."
        operator = await run.io_bound(self.staff.log_in, username, password)
        if operator is None:
            failures.append(now)
            return "Nome utente o password non corretti."
        failures.clear()
        app.storage.user[_KEY] = operator.id
        return None

    def log_out(self) -> None:
        """Forget who is logged in here."""
        app.storage.user.pop(_KEY, None)
