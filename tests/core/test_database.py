import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.database import Database, Transaction, make_engine
from core.errors import SettingsError
from core.events import Bus

notes = sa.table("notes", sa.column("id"), sa.column("text"))


class Ear(Bus):
    """Hears what is published, and looks at the database at that moment."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, ...]] = []
        self.look: Callable[[], object] = lambda: None
        self.seen: list[object] = []

    def publish(self, *topics: str) -> None:
        self.heard.append(topics)
        self.seen.append(self.look())


@pytest.fixture
def ear(database: Database) -> Ear:
    database.bus = Ear()
    with database.write() as tx:
        tx.execute(sa.text("create table notes (id integer primary key, text)"))
    return database.bus


def add(tx: Transaction, text: str) -> None:
    tx.execute(sa.insert(notes).values(text=text))


def texts(database: Database) -> list[str]:
    with database.read() as tx:
        return [row["text"] for row in tx.all(sa.select(notes.c.text).order_by(notes.c.id))]


def test_what_is_written_is_there_afterwards(database: Database, ear: Ear) -> None:
    with database.write() as tx:
        add(tx, "uno")
        add(tx, "due")
    assert texts(database) == ["uno", "due"]
    with database.read() as tx:
        assert tx.one(sa.select(notes).where(notes.c.text == "due")) == {"id": 2, "text": "due"}
        assert tx.one(sa.select(notes).where(notes.c.text == "tre")) is None


def test_a_block_that_raises_leaves_no_trace_and_no_news(database: Database, ear: Ear) -> None:
    with pytest.raises(RuntimeError, match="midway"), database.write() as tx:
        add(tx, "uno")
        tx.publish("news")
        raise RuntimeError("midway")
    assert texts(database) == []
    assert ear.heard == []


def test_news_come_after_the_commit_once_each(database: Database, ear: Ear) -> None:
    ear.look = lambda: texts(database)
    with database.write() as tx:
        tx.publish("b", "a")
        add(tx, "uno")
        tx.publish("b")
        assert ear.heard == []
    assert ear.heard == [("b", "a")]
    assert ear.seen == [["uno"]]


def test_a_transaction_without_news_publishes_none(database: Database, ear: Ear) -> None:
    with database.write() as tx:
        add(tx, "uno")
    assert ear.heard == []


def test_a_reader_sees_one_state_while_a_writer_goes_on(database: Database, ear: Ear) -> None:
    with database.read() as reader:
        assert reader.all(sa.select(notes)) == []
        with database.write() as tx:
            add(tx, "uno")
        assert reader.all(sa.select(notes)) == []
    assert texts(database) == ["uno"]


def test_writers_wait_for_each_other(database: Database, ear: Ear) -> None:
    def count_up() -> None:
        for _ in range(10):
            with database.write() as tx:
                row = tx.one(sa.select(sa.func.count()).select_from(notes))
                add(tx, str(row["count_1"]) if row else "")

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts(database) == [str(number) for number in range(40)]


def test_commits_are_durable_and_references_hold(database: Database) -> None:
    with database.read() as tx:
        pragmas = {
            name: tx.connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_migrating_twice_changes_nothing_and_keeps_the_rows(database: Database, ear: Ear, tmp_path: Path) -> None:
    def schema() -> list[tuple[str]]:
        connection = sqlite3.connect(tmp_path / "test.db")
        try:
            return connection.execute("select sql from sqlite_master order by name").fetchall()
        finally:
            connection.close()

    with database.write() as tx:
        add(tx, "uno")
    before = schema()
    database.migrate()
    assert schema() == before
    assert any("conversations" in str(sql) for (sql,) in before)
    assert texts(database) == ["uno"]


@pytest.mark.parametrize("url", ["", "approdo.db", "postgresql://localhost/approdo", "mysql://x"])
def test_a_url_that_cannot_be_used_is_refused_by_the_name_of_its_variable(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL"):
        make_engine(url)


def test_a_database_in_memory_is_refused_in_words() -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL"):
        make_engine("sqlite://")


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'x.db'}")
    with database.write() as tx:
        tx.execute(sa.text("create table t (id integer)"))
    database.close()
    assert (tmp_path / "new" / "folder" / "x.db").is_file()
