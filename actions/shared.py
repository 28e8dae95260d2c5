"""The answerer of this process: read once, shared by all actions."""

from functools import lru_cache

from core.settings import get_settings
from knowledge.answers import Answerer
from knowledge.base import KnowledgeBase
from knowledge.encoder import load_encoder
from knowledge.finder import finder_for


@lru_cache(maxsize=1)
def answerer() -> Answerer:
    """Over the content of this checkout; trains the topic finder where that has not been done."""
    base, settings = KnowledgeBase.read(), get_settings()
    encoder = load_encoder(settings.embedding_model) if settings.embedding_model else None
    return Answerer(base, finder_for(base.questions(), settings.var_dir / "models", encoder))
