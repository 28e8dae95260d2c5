"""The people who work at a desk: who they are, what they may see, how they prove it."""

from dataclasses import dataclass
from typing import Any

from pwdlib import PasswordHash

from conversations.tables import staff
from core.database import Database
from core.errors import Conflict, InvalidInput, NotFound

_hasher = PasswordHash.recommended()
# Checked against when there is no such user, so that the answer takes as long as for a real one.
_NOBODY = _hasher.hash("nobody")
MIN_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who is logged in."""

    id: int
    username: str
    name: str
    ambiti: frozenset[str]


def _operator(row: dict[str, Any]) -> Operator:
    return Operator(row["id"], row["username"], row["name"], frozenset(row["ambiti"]))


class Staff:
    """The register of operators."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, username: str, name: str, password: str, ambiti: list[str]) -> Operator:
        """A new operator. Raises `InvalidInput` or `Conflict`."""
        username = username.strip().lower()
        if not username or not name.strip() or not ambiti:
            raise InvalidInput("A username, a name and at least one ambito are needed.")
        if len(password) < MIN_PASSWORD:
            raise InvalidInput(f"The password must have at least {MIN_PASSWORD} characters.")
        hashed = _hasher.hash(password)
        with self.database.write() as tx:
            if tx.one(staff.select().where(staff.c.username == username)):
                raise Conflict(f"There already is a user {username}.")
            tx.execute(
                staff.insert().values(
                    username=username, name=name.strip(), password_hash=hashed, ambiti=sorted(ambiti), active=True
                )
            )
            row = tx.one(staff.select().where(staff.c.username == username))
            assert row is not None
            return _operator(row)

    def log_in(self, username: str, password: str) -> Operator | None:
        """The operator whose password this is, or None."""
        with self.database.read() as tx:
            row = tx.one(staff.select().where(staff.c.username == username.strip().lower(), staff.c.active))
        right = _hasher.verify(password, row["password_hash"] if row else _NOBODY)
        return _operator(row) if row and right else None

    def get(self, operator_id: int) -> Operator:
        """Raises `NotFound` for one who is not there or no longer active."""
        with self.database.read() as tx:
            row = tx.one(staff.select().where(staff.c.id == operator_id, staff.c.active))
        if row is None:
            raise NotFound("There is no such operator.")
        return _operator(row)

    def names(self) -> dict[int, str]:
        """Id -> the name that each shows, also of those no longer active."""
        with self.database.read() as tx:
            return {row["id"]: row["name"] for row in tx.all(staff.select())}

    def is_empty(self) -> bool:
        """Whether nobody was ever added."""
        with self.database.read() as tx:
            return tx.one(staff.select().limit(1)) is None
