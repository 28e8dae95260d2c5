from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.finder import Questions, TopicFinder, features_text, finder_for, questions_hash

QUESTIONS: Questions = [
    (topic, "it", text)
    for topic, texts in {
        "scuola": ["iscrivere mio figlio a scuola", "la scuola dei bambini", "scuola media iscrizione", "che scuola"],
        "medico": ["cerco un medico", "il medico dei bambini", "medico di base vicino", "dove trovo il medico"],
        "lavoro": ["cerco lavoro", "lavoro in fabbrica", "un contratto di lavoro", "ho perso il lavoro"],
    }.items()
    for text in texts
] + [("lavoro", "ru", "ищу работу"), ("medico", "ru", "нужен врач"), ("scuola", "ru", "школа для ребёнка")]


class Meanings(Encoder):
    """An encoder that knows what a text with one of its words means."""

    WORDS = (("scuola", "школа", "教室"), ("medico", "врач", "医院"), ("lavoro", "работу", "工厂"))

    def __init__(self, name: str = "meanings") -> None:
        super().__init__(name, None)

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        return np.array([[float(any(w in text for w in words)) for words in self.WORDS] for text in texts], np.float32)


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    return TopicFinder.train(QUESTIONS)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("la SCUOLA di mia figlia", "scuola"),
        ("vorrei un lavoro", "lavoro"),
        ("ho bisogno del médico", "medico"),
        ("где работу найти", "lavoro"),
        ("rabotu ishu", "lavoro"),
    ],
)
def test_a_question_finds_its_topic_also_in_other_spellings_and_scripts(
    finder: TopicFinder, text: str, topic: str
) -> None:
    assert finder.rank(text)[0].topic == topic


@pytest.mark.parametrize("text", ["la scuola", "", "zzz", "😟", "学校"])
def test_every_topic_is_ranked_likeliest_first_and_the_probabilities_are_one(finder: TopicFinder, text: str) -> None:
    ranked = finder.rank(text)
    assert {candidate.topic for candidate in ranked} == {"scuola", "medico", "lavoro"}
    probabilities = [candidate.probability for candidate in ranked]
    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probabilities) == pytest.approx(1)


def test_a_text_without_a_known_feature_is_about_nothing_in_particular(finder: TopicFinder) -> None:
    assert finder.rank("学校")[0].probability < 0.5 < finder.rank("scuola")[0].probability


def test_two_topics_are_enough() -> None:
    finder = TopicFinder.train([row for row in QUESTIONS if row[0] != "scuola"])
    assert [candidate.topic for candidate in finder.rank("cerco il medico")] == ["medico", "lavoro"]


def test_training_again_gives_the_same_model(finder: TopicFinder) -> None:
    assert TopicFinder.train(QUESTIONS).rank("il medico a scuola") == finder.rank("il medico a scuola")


def test_a_saved_model_ranks_as_before(finder: TopicFinder, tmp_path: Path) -> None:
    path = tmp_path / "models" / "topics.joblib"
    finder.save(path)
    assert TopicFinder.load(path).rank("la scuola") == finder.rank("la scuola")
    assert list(path.parent.iterdir()) == [path]


def test_the_model_reads_the_text_and_its_latin_letters() -> None:
    assert features_text("Perché") == "perche"
    assert features_text("Паспорт") == "паспорт\npasport"


def test_the_hash_changes_with_any_question_and_not_with_their_order() -> None:
    before = questions_hash(QUESTIONS)
    assert questions_hash(QUESTIONS[::-1]) == before
    topic, language, text = QUESTIONS[0]
    for changed in (("medico", language, text), (topic, "en", text), (topic, language, f"{text}?")):
        assert questions_hash([changed, *QUESTIONS[1:]]) != before
    assert questions_hash(QUESTIONS[1:]) != before


def test_the_hash_changes_with_the_way_of_training(monkeypatch: pytest.MonkeyPatch) -> None:
    before = questions_hash(QUESTIONS)
    monkeypatch.setattr("knowledge.finder.VERSION", 999)
    assert questions_hash(QUESTIONS) != before


def test_an_encoder_finds_the_topic_of_words_never_seen(finder: TopicFinder) -> None:
    knowing = TopicFinder.train(QUESTIONS, Meanings())
    for text, topic in (("教室", "scuola"), ("医院", "medico"), ("工厂", "lavoro")):
        assert knowing.rank(text)[0].topic == topic
        assert knowing.rank(text)[0].probability > finder.rank(text)[0].probability


def test_the_hash_changes_with_the_encoder() -> None:
    hashes = {questions_hash(QUESTIONS, each) for each in (None, Meanings("a"), Meanings("b"))}
    assert len(hashes) == 3


def test_a_kept_model_is_given_the_encoder_of_this_process(tmp_path: Path) -> None:
    first, second = Meanings(), Meanings()
    finder_for(QUESTIONS, tmp_path, first)
    kept = finder_for(QUESTIONS, tmp_path, second)
    assert kept.encoder is second
    assert kept.rank("医院")[0].topic == "medico"


def test_the_encoder_is_not_written_with_the_model(tmp_path: Path) -> None:
    TopicFinder.train(QUESTIONS, Meanings()).save(tmp_path / "topics.joblib")
    assert TopicFinder.load(tmp_path / "topics.joblib").encoder is None


def test_a_model_is_trained_once_for_the_same_questions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trained: list[Questions] = []
    train = TopicFinder.train

    def counted(questions: Questions, encoder: Encoder | None = None) -> TopicFinder:
        trained.append(questions)
        return train(questions, encoder)

    monkeypatch.setattr(TopicFinder, "train", counted)
    finder_for(QUESTIONS, tmp_path)
    finder_for(QUESTIONS, tmp_path)
    assert len(trained) == 1
    finder_for(QUESTIONS, tmp_path, force=True)
    assert len(trained) == 2
    (old,) = tmp_path.iterdir()
    finder_for([*QUESTIONS, ("medico", "it", "il dottore")], tmp_path)
    assert len(trained) == 3
    (new,) = tmp_path.iterdir()
    assert new != old
