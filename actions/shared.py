"""The answerer of this process: read once, shared by all actions."""

from functools import lru_cache

from core.settings import get_settings
from knowledge.answers import Answerer
from knowledge.base import KnowledgeBase
from knowledge.finder import finder_for


@lru_cache(maxsize=1)
def answerer() -> Answerer:
    """Over the content of this checkout; trains the topic finder where that has not been done."""
    base = KnowledgeBase.read()
    return Answerer(base, finder_for(base.questions(), get_settings().var_dir / "models"))
