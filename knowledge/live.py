"""The answerer of a running process: it follows the store, so that what an editor publishes is answered at once."""

import threading
import time
from pathlib import Path

import structlog

from knowledge.answers import Answerer
from knowledge.base import KnowledgeBase
from knowledge.encoder import Encoder
from knowledge.finder import Questions, finder_for, finder_path
from knowledge.store import KnowledgeStore

# How often, at most, the store is asked whether it has changed, in seconds.
LOOK_EVERY = 1.0
log = structlog.get_logger(__name__)


class LiveKnowledge:
    """Answers from the newest version of the store; texts at once, new questions once the finder has learned them."""

    def __init__(self, store: KnowledgeStore, models: Path, encoder: Encoder | None = None, *, demo: bool) -> None:
        self.store, self.models, self.encoder, self.demo = store, models, encoder, demo
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        self._version, tree = store.snapshot()
        base = KnowledgeBase.of(tree, demo=demo)
        self._answerer = Answerer(base, finder_for(base.examples(), models, encoder))

    @property
    def base(self) -> KnowledgeBase:
        """The knowledge base as it is now."""
        return self.answerer().base

    def answerer(self) -> Answerer:
        """Over the knowledge base as it is now, at most `LOOK_EVERY` seconds old."""
        if time.monotonic() - self._looked >= LOOK_EVERY and self._lock.acquire(blocking=False):
            try:
                self._follow()
            finally:
                self._looked = time.monotonic()
                self._lock.release()
        return self._answerer

    def _follow(self) -> None:
        if self.store.version() == self._version:
            return
        version, tree = self.store.snapshot()
        base = KnowledgeBase.of(tree, demo=self.demo)
        examples = base.examples()
        if finder_path(examples, self.models, self.encoder).exists():
            finder = finder_for(examples, self.models, self.encoder)
        else:
            finder = self._answerer.finder
            threading.Thread(target=self._learn, args=(examples,), daemon=True).start()
        self._version, self._answerer = version, Answerer(base, finder)
        log.info("knowledge_changed", version=version, entries=len(base.entries))

    def _learn(self, examples: Questions) -> None:
        """Train on the new questions beside the running answerer, then take its place."""
        finder = finder_for(examples, self.models, self.encoder)
        with self._lock:
            if self._answerer.base.examples() != examples:
                return  # changed anew meanwhile: a later training is under way
            self._answerer = Answerer(self._answerer.base, finder)
        log.info("questions_learned", version=self._version)
