"""The answerer of this process, shared by all actions."""

from collections.abc import Callable
from functools import lru_cache

from core.settings import get_settings
from knowledge.answers import Answerer
from knowledge.base import KnowledgeBase
from knowledge.encoder import encoder_for
from knowledge.finder import finder_for

_source: Callable[[], Answerer] | None = None


def answer_from(source: Callable[[], Answerer]) -> None:
    """Say where the answerer comes from; `source` is asked for each turn, so that it may follow the knowledge base."""
    global _source
    _source = source


def answerer() -> Answerer:
    """Over the knowledge base as it is now; over the release's files under the SDK's own server."""
    return _source() if _source else _of_the_release()


@lru_cache(maxsize=1)
def _of_the_release() -> Answerer:
    settings = get_settings()
    base = KnowledgeBase.read(demo=settings.demo)
    return Answerer(base, finder_for(base.examples(), settings.models, encoder_for(settings)))
