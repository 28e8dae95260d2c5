"""The database: one engine, short transactions, and news published only after the commit that makes it true."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from core.errors import SettingsError
from core.events import Bus

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
# How long a writer waits for another one, in milliseconds.
_BUSY_MS = 30_000


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Durable commits, readers that never wait for the writer, and transactions that begin when we say."""

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # sqlite3 must not begin transactions behind our back
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes the lock at once: a reader that turns writer could only fail.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_engine(url: str) -> sa.Engine:
    """The engine for `url`; makes the folder of a SQLite file. Raises `SettingsError` for a URL it cannot use."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise SettingsError("DATABASE_URL is not a database URL, like sqlite:///var/approdo.db.") from None
    if parsed.get_backend_name() != "sqlite":
        raise SettingsError("DATABASE_URL: this release keeps its data in SQLite (sqlite:///path/to/file.db).")
    if not parsed.database or parsed.database == ":memory:":
        raise SettingsError("DATABASE_URL: a database in memory loses what it holds; name a file.")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, pool_size=20, max_overflow=20)
    _prepare_sqlite(engine)
    return engine


class Transaction:
    """A connection within a transaction, and the topics to publish once it is committed."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.topics: list[str] = []

    def execute(self, statement: sa.Executable) -> sa.CursorResult[Any]:
        """Run a statement built with SQLAlchemy Core."""
        return self.connection.execute(statement)

    def one(self, statement: sa.Executable) -> dict[str, Any] | None:
        """The first row as a dictionary, or None."""
        row = self.connection.execute(statement).mappings().first()
        return dict(row) if row is not None else None

    def all(self, statement: sa.Executable) -> list[dict[str, Any]]:
        """All rows as dictionaries."""
        return [dict(row) for row in self.connection.execute(statement).mappings()]

    def publish(self, *topics: str) -> None:
        """Publish `topics` after the commit, if there is one."""
        self.topics += topics


class Database:
    """Hands out transactions. Blocking: on an event loop call it through `asyncio.to_thread`."""

    def __init__(self, url: str, bus: Bus | None = None) -> None:
        self.url = url
        self.bus = bus or Bus()
        self.engine = make_engine(url)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that commits at the end of the block, or leaves no trace if the block raises."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                transaction = Transaction(connection)
                yield transaction
        if transaction.topics:
            self.bus.publish(*dict.fromkeys(transaction.topics))

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent view; writes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield Transaction(connection)

    def migrate(self) -> None:
        """Bring the schema to this release's."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
