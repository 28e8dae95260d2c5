"""Topic finding: a question in any language -> topics with probabilities, best first.

One linear model over all languages, on parts of words and words of the folded text and of its romanization: a topic
with few questions in one language profits from the others'. Probabilities come from the margins through a softmax
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

# Part of the hash under which a model is kept: raise it when the way of training changes.
VERSION = 1
Questions = list[tuple[str, str, str]]


def features_text(text: str) -> str:
    """What the model reads: the folded text, and its romanization on a line of its own where that differs."""
    folded = fold(text)
    latin = romanize(folded)
    return folded if latin == folded else f"{folded}\n{latin}"


def questions_hash(questions: Questions) -> str:
    """Changes when the model would."""
    return hashlib.sha256(json.dumps([VERSION, sorted(questions)]).encode()).hexdigest()[:16]


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
    ) -> None:
        self.parts, self.words, self.topics = parts, words, topics
        self.weights, self.bias, self.temperature = weights, bias, temperature

    def rank(self, text: str) -> list[Candidate]:
        """All topics, likeliest first. A text without a known feature gives all of them about the same."""
        prepared = [features_text(text)]
        row = hstack([self.parts.transform(prepared), self.words.transform(prepared)]).tocsr()
        # Only the rows of the features at hand: a product with the whole matrix would touch 100 MB.
        scores = row.data.astype(np.float32) @ self.weights[row.indices] + self.bias
        probabilities = softmax(scores * self.temperature)
        order = np.argsort(-probabilities)
        return [Candidate(self.topics[i], float(probabilities[i])) for i in order]

    @classmethod
    def train(cls, questions: Questions) -> "TopicFinder":
        """A model of `questions` (topic, language, text). Needs at least two topics with three questions each."""
        labels = np.array([topic for topic, _, _ in questions])
        texts = [features_text(text) for _, _, text in questions]
        parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", min_df=1, dtype=np.float32)
        matrix = hstack([parts.fit_transform(texts), words.fit_transform(texts)]).tocsr()
        temperature = _temperature(matrix, labels)
        model = _fit(matrix, labels)
        weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        return cls(parts, words, list(model.classes_), weights, model.intercept_.astype(np.float32), temperature)

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


def _fit(matrix: csr_matrix, labels: NDArray[Any]) -> LinearSVC:
    return LinearSVC(C=1.0, dual=True, max_iter=300, tol=1e-2).fit(matrix, labels)


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


def finder_for(questions: Questions, folder: Path, *, force: bool = False) -> TopicFinder:
    """The model of `questions`: from `folder` if it is there, else trained and kept there."""
    path = folder / f"topics-{questions_hash(questions)}.joblib"
    if path.exists() and not force:
        return TopicFinder.load(path)
    finder = TopicFinder.train(questions)
    finder.save(path)
    for old in folder.glob("topics-*.joblib"):
        if old != path:
            old.unlink()
    return finder
