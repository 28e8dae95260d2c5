"""Topic finding: a question in any language -> topics with probabilities, best first.

One linear model over all languages, on parts of words and words of the folded text and of its romanization: a topic
with few questions in one language profits from the others'. Where there is an encoder (knowledge/encoder.py) its
vectors are further features of the same model. Probabilities come from the margins through a softmax
whose temperature is fitted on questions that the model had not seen (out-of-fold), so that 0.8 means about 8 in 10.
It is trained from the knowledge base's questions in half a minute and kept on disk by their hash.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from core.text import fold, romanize
from knowledge.encoder import Encoder

# Part of the hash under which a model is kept: raise it when the way of training changes.
VERSION = 3
# How much a sentence's vector weighs beside its words and parts of words, which weigh 1 each.
ENCODER_WEIGHT = 1.5
Questions = list[tuple[str, str, str]]


def features_text(text: str) -> str:
    """What the model reads: the folded text, and its romanization on a line of its own where that differs."""
    folded = fold(text)
    latin = romanize(folded)
    return folded if latin == folded else f"{folded}\n{latin}"


def questions_hash(questions: Questions, encoder: Encoder | None = None) -> str:
    """Changes when the model would."""
    parts = [VERSION, sorted(questions), encoder.name if encoder else None]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic and the probability, 0 to 1, that the question is about it."""

    topic: str
    probability: float


class TopicFinder:
    """A trained model. `rank` takes about a millisecond and may be called from any thread."""

    def __init__(
        self,
        parts: TfidfVectorizer,
        words: TfidfVectorizer,
        topics: list[str],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        temperature: float,
        encoder: Encoder | None = None,
    ) -> None:
        self.parts, self.words, self.topics = parts, words, topics
        self.weights, self.bias, self.temperature = weights, bias, temperature
        self.encoder = encoder

    def rank(self, text: str) -> list[Candidate]:
        """All topics, likeliest first. A text without a known feature gives all of them about the same."""
        prepared = [features_text(text)]
        row = _join([self.parts.transform(prepared), self.words.transform(prepared)], [text], self.encoder)
        # Only the rows of the features at hand: a product with the whole matrix would touch 100 MB.
        scores = row.data.astype(np.float32) @ self.weights[row.indices] + self.bias
        probabilities = softmax(scores * self.temperature)
        order = np.argsort(-probabilities)
        return [Candidate(self.topics[i], float(probabilities[i])) for i in order]

    @classmethod
    def train(cls, questions: Questions, encoder: Encoder | None = None) -> "TopicFinder":
        """A model of `questions` (topic, language, text). Needs at least two topics with three questions each."""
        labels = np.array([topic for topic, _, _ in questions])
        texts = [features_text(text) for _, _, text in questions]
        parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", min_df=1, dtype=np.float32)
        blocks = [parts.fit_transform(texts), words.fit_transform(texts)]
        matrix = _join(blocks, [text for _, _, text in questions], encoder)
        temperature = _temperature(matrix, labels)
        model = _fit(matrix, labels)
        rows, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # one row tells the second from the first
            rows, bias = np.vstack([-rows, rows]), np.concatenate([-bias, bias])
        weights, bias = np.ascontiguousarray(rows.T, dtype=np.float32), bias.astype(np.float32)
        topics = [str(topic) for topic in model.classes_]
        return cls(parts, words, topics, weights, bias, temperature, encoder)

    def __getstate__(self) -> dict[str, Any]:
        """What `save` writes: the encoder stays where it is."""
        return {**self.__dict__, "encoder": None}

    def save(self, path: Path) -> None:
        """Write the model; a reader sees the old one or the new one, never half of one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        joblib.dump(self, draft)
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> "TopicFinder":
        """A model that `save` wrote. Only read files of this machine: the format can run code."""
        loaded: TopicFinder = joblib.load(path)
        return loaded


def _join(blocks: list[csr_matrix], texts: list[str], encoder: Encoder | None) -> csr_matrix:
    """The features side by side; the encoder reads the text as it was typed."""
    if encoder is not None:
        blocks = [*blocks, csr_matrix(encoder.encode(texts) * ENCODER_WEIGHT)]
    return hstack(blocks).tocsr()


def _fit(matrix: csr_matrix, labels: NDArray[Any]) -> LinearSVC:
    return LinearSVC(C=1.0, dual=True, max_iter=300, tol=1e-2, random_state=0).fit(matrix, labels)


def _temperature(matrix: csr_matrix, labels: NDArray[Any], folds: int = 3) -> float:
    """The factor on the margins that makes the softmax's probabilities true on questions not trained on."""
    scores = np.zeros((matrix.shape[0], len(set(labels))), dtype=np.float32)
    classes = np.unique(labels)
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=0).split(matrix, labels):
        model = _fit(matrix[seen], labels[seen])
        margins = model.decision_function(matrix[unseen])
        scores[unseen] = margins if margins.ndim == 2 else np.column_stack([-margins, margins])
    right = np.searchsorted(classes, labels)

    def loss(temperature: float) -> float:
        return -float(log_softmax(scores * temperature, axis=1)[np.arange(len(right)), right].mean())

    return float(minimize_scalar(loss, bounds=(0.5, 20), method="bounded").x)


def finder_path(questions: Questions, folder: Path, encoder: Encoder | None = None) -> Path:
    """Where the model of `questions` is, or will be."""
    return folder / f"topics-{questions_hash(questions, encoder)}.joblib"


def finder_for(
    questions: Questions, folder: Path, encoder: Encoder | None = None, *, force: bool = False
) -> TopicFinder:
    """The model of `questions`: from `folder` if it is there, else trained and kept there."""
    path = finder_path(questions, folder, encoder)
    if path.exists() and not force:
        finder = TopicFinder.load(path)
        finder.encoder = encoder
        return finder
    finder = TopicFinder.train(questions, encoder)
    finder.save(path)
    for old in folder.glob("topics-*.joblib"):
        if old != path:
            old.unlink()
    return finder
