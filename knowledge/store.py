"""The running knowledge base, in SQL, with the history of every change.

A change is all or nothing: it is written only if the whole knowledge base can still be read with it. Blocking: on an
event loop call it through `asyncio.to_thread`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from core.clock import now_ms
from core.database import Database, Transaction
from core.errors import Conflict
from knowledge.base import KnowledgeBase
from knowledge.tables import changes, documents, revisions, shipped
from knowledge.tree import Tree, canonical

Origin = Literal["shipped", "import", "edit"]
# What is published on the bus when the knowledge base has changed.
NEWS = "knowledge"
SHIPPED_BY = "approdo"


@dataclass(frozen=True, slots=True)
class Revision:
    """A document as one change left it; `text` is None where the change took it away."""

    version: int
    at: int
    author: str
    origin: Origin
    reason: str
    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """What bringing the files of a release into the store came to."""

    changed: tuple[str, ...]
    kept: tuple[str, ...]  # changed by an editor and by the release: the editor's stands

    def __bool__(self) -> bool:
        return bool(self.changed)


class KnowledgeStore:
    """Documents by path, and their history."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def version(self) -> int:
        """The number of the newest change; 0 where there has been none."""
        with self.database.read() as transaction:
            return self._version(transaction)

    def tree(self, version: int | None = None) -> Tree:
        """All documents as they are, or as `version` left them."""
        with self.database.read() as transaction:
            return self._tree(transaction) if version is None else self._tree_at(transaction, version)

    def snapshot(self) -> tuple[int, Tree]:
        """The version and its documents, at one moment."""
        with self.database.read() as transaction:
            return self._version(transaction), self._tree(transaction)

    def change(
        self,
        edits: Mapping[str, str | None],
        *,
        author: str,
        reason: str,
        origin: Origin = "edit",
        based_on: int | None = None,
    ) -> int:
        """Write documents (None takes one away); returns the version made, or the current one if nothing differs.

        `based_on` is the version that the author was looking at: raises `Conflict` where one of these documents has
        changed since. Raises `ContentError` where the knowledge base could not be read afterwards; nothing is written.
        """
        wanted = _canonical(edits)
        with self.database.write() as transaction:
            held = self._tree(transaction)
            return self._change(transaction, held, wanted, author, reason, origin, based_on)

    def replace(self, tree: Tree, *, author: str, reason: str, origin: Origin = "import") -> int:
        """Make the store hold just these documents, as one change. Raises `ContentError`."""
        wanted = _canonical(tree)
        with self.database.write() as transaction:
            held = self._tree(transaction)
            gone: dict[str, str | None] = dict.fromkeys(held.keys() - tree.keys())
            return self._change(transaction, held, {**gone, **wanted}, author, reason, origin)

    def history(self, path: str) -> list[Revision]:
        """Every revision of a document, the newest first."""
        statement = (
            sa.select(revisions.c.path, revisions.c.text, changes)
            .join(changes, changes.c.id == revisions.c.change_id)
            .where(revisions.c.path == path)
            .order_by(revisions.c.change_id.desc())
        )
        with self.database.read() as transaction:
            return [
                Revision(row["id"], row["at"], row["author"], row["origin"], row["reason"], row["path"], row["text"])
                for row in transaction.all(statement)
            ]

    def update_shipped(self, tree: Tree) -> Update:
        """Bring in the documents of this release.

        What nobody has changed since the last release is replaced; what an editor has changed or taken away is kept,
        and told where the release changed it too. Raises `ContentError`.
        """
        with self.database.write() as transaction:
            known = {row["path"]: row["hash"] for row in transaction.all(sa.select(shipped))}
            # What has the hash of a text that was brought in is in the one form already: most starts have no news.
            wanted = {
                path: text if known.get(path) == _hash(text) else canonical(path, text) for path, text in tree.items()
            }
            news = {path for path in wanted.keys() | known.keys() if known.get(path) != _hash(wanted.get(path))}
            if not news:
                return Update((), ())
            held = self._tree(transaction)
            untouched = {path for path in news if _hash(held.get(path)) == known.get(path)}
            same = {path for path in news - untouched if held.get(path) == wanted.get(path)}
            edits = {path: wanted.get(path) for path in untouched}
            self._change(transaction, held, edits, SHIPPED_BY, "Contents of this release", "shipped")
            for path in news:
                transaction.execute(sa.delete(shipped).where(shipped.c.path == path))
                if path in wanted:
                    transaction.execute(sa.insert(shipped).values(path=path, hash=_hash(wanted[path])))
        return Update(tuple(sorted(edits)), tuple(sorted(news - untouched - same)))

    def _change(
        self,
        transaction: Transaction,
        held: Tree,
        wanted: Mapping[str, str | None],
        author: str,
        reason: str,
        origin: Origin,
        based_on: int | None = None,
    ) -> int:
        """Write what of `wanted`, documents in the one form, differs from what is held."""
        differing = {path: text for path, text in wanted.items() if held.get(path) != text}
        if based_on is not None:
            self._refuse_overtaken(transaction, differing, based_on)
        if not differing:
            return self._version(transaction)
        result = {path: text for path, text in {**held, **differing}.items() if text is not None}
        KnowledgeBase.of(result, demo=True)  # raises what is wrong with it
        row = {"at": now_ms(), "author": author, "origin": origin, "reason": reason[:400]}
        made = transaction.execute(sa.insert(changes).values(**row).returning(changes.c.id))
        version = int(made.scalar_one())
        for path, text in differing.items():
            transaction.execute(sa.insert(revisions).values(change_id=version, path=path, text=text))
            transaction.execute(sa.delete(documents).where(documents.c.path == path))
            if text is not None:
                transaction.execute(sa.insert(documents).values(path=path, text=text, change_id=version))
        transaction.publish(NEWS)
        return version

    @staticmethod
    def _refuse_overtaken(transaction: Transaction, paths: Mapping[str, object], based_on: int) -> None:
        statement = (
            sa.select(revisions.c.path, changes.c.author)
            .join(changes, changes.c.id == revisions.c.change_id)
            .where(revisions.c.change_id > based_on)
        )
        for row in transaction.all(statement):
            if row["path"] in paths:
                raise Conflict(
                    f"{row['author']} has changed {row['path']} since you opened it. Look at theirs, then save yours.",
                    path=row["path"],
                )

    @staticmethod
    def _version(transaction: Transaction) -> int:
        row = transaction.one(sa.select(sa.func.max(changes.c.id).label("version")))
        return int(row["version"] or 0) if row else 0

    @staticmethod
    def _tree(transaction: Transaction) -> Tree:
        statement = sa.select(documents.c.path, documents.c.text).order_by(documents.c.path)
        return {row["path"]: row["text"] for row in transaction.all(statement)}

    @staticmethod
    def _tree_at(transaction: Transaction, version: int) -> Tree:
        statement = (
            sa.select(revisions.c.path, revisions.c.text)
            .where(revisions.c.change_id <= version)
            .order_by(revisions.c.change_id)
        )
        newest = {row["path"]: row["text"] for row in transaction.all(statement)}
        return {path: text for path, text in sorted(newest.items()) if text is not None}


def _canonical(edits: Mapping[str, str | None]) -> dict[str, str | None]:
    """The documents in their one form. Raises `ContentError`."""
    return {path: text if text is None else canonical(path, text) for path, text in edits.items()}


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
