"""Sentence embeddings for topic finding: whatever SentenceTransformer `EMBEDDING_MODEL` names.

Optional. With a multilingual model it adds what words and parts of words cannot know: that two wordings without a
letter in common mean the same. The model is read from this machine and never fetched.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.settings import Settings


class Encoder:
    """Texts -> unit vectors."""

    def __init__(self, name: str, model: Any) -> None:
        self.name, self.model = name, model

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """One row a text, each of length 1."""
        vectors = self.model.encode(
            texts, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False, batch_size=64
        )
        return np.asarray(vectors, dtype=np.float32)


@lru_cache(maxsize=1)
def load_encoder(name: str) -> Encoder:
    """The encoder in the folder `name`. Raises `SettingsError` if there is none."""
    if not (Path(name) / "modules.json").is_file():
        raise SettingsError(
            f"EMBEDDING_MODEL is {name!r}, which is not the folder of a SentenceTransformer on this machine "
            "(one with a modules.json). Leave it unset to do without."
        )
    # Imported here: it takes seconds and 300 MB, and whoever sets no EMBEDDING_MODEL should pay neither.
    from sentence_transformers import SentenceTransformer

    return Encoder(name, SentenceTransformer(name, device="cpu", local_files_only=True))


def encoder_for(settings: Settings) -> Encoder | None:
    """The encoder that `EMBEDDING_MODEL` names; None where it names none. Raises as `load_encoder`."""
    return load_encoder(settings.embedding_model) if settings.embedding_model else None
