from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import SettingsError
from knowledge.encoder import Encoder, load_encoder


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-small", ""])
def test_a_model_that_is_not_on_this_machine_is_refused_and_not_fetched(name: str) -> None:
    with pytest.raises(SettingsError, match=r"^EMBEDDING_MODEL is .*not the folder"):
        load_encoder(name)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"modules\.json"):
        load_encoder(str(tmp_path))


def test_a_text_becomes_a_unit_vector_of_single_precision() -> None:
    class Model:
        asked: dict[str, Any]

        def encode(self, texts: list[str], **options: Any) -> list[list[float]]:
            self.asked = options
            return [[0.6, 0.8] for _ in texts]

    model = Model()
    vectors = Encoder("x", model).encode(["uno", "due"])
    assert (vectors.shape, vectors.dtype) == ((2, 2), np.float32)
    assert model.asked["normalize_embeddings"] is True
