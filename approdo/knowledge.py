"""The knowledge base of this deployment: the store in its database, brought up to date with the release's files."""

from collections.abc import Callable

from core.database import Database
from core.settings import Settings
from knowledge.store import KnowledgeStore
from knowledge.tree import CONTENT, read_tree


def open_store(database: Database, say: Callable[[str], None] = lambda _: None) -> KnowledgeStore:
    """The store, with the documents of this release in it; tells what changed. Raises `ContentError`."""
    store = KnowledgeStore(database)
    update = store.update_shipped(read_tree(CONTENT))
    if update.changed:
        say(f"  knowledge: {len(update.changed)} documents of this release brought in")
    for path in update.kept:
        say(f"  knowledge: {path} was changed here and by this release: yours stays. Compare the two.")
    return store


def knowledge_store(settings: Settings, say: Callable[[str], None]) -> KnowledgeStore:
    """The store of the settings' database, migrated and up to date. Raises `ContentError`, `SettingsError`."""
    database = Database(settings.database)
    database.migrate()
    return open_store(database, say)
