"""The answerer of this process: read once, shared by all actions."""

from functools import lru_cache

from core.settings import get_settings
from knowledge.answers import Answerer
from knowledge.base import KnowledgeBase
from knowledge.encoder import encoder_for
from knowledge.finder import finder_for


@lru_cache(maxsize=1)
def answerer() -> Answerer:
    """Over the content of this checkout; trains the topic finder where that has not been done."""
    base, settings = KnowledgeBase.read(), get_settings()
    return Answerer(base, finder_for(base.questions(), settings.models, encoder_for(settings)))
