from pathlib import Path

import pytest

from core.database import Database
from core.errors import ContentError
from knowledge import live
from knowledge.live import LiveKnowledge
from knowledge.store import KnowledgeStore
from tests.conftest import eventually
from tests.knowledge.made import made_tree

IT = "nazionale/prova/it.md"
QUESTIONS = "## questions\n- quanto costa?\n- è gratis?\n"


@pytest.fixture
def kb(database: Database) -> KnowledgeStore:
    store = KnowledgeStore(database)
    weather = "".join(f"che tempo fa {day}\n" for day in ("oggi", "domani", "lunedì", "a maggio"))
    asked = "".join(f"- quanto costa {what}\n" for what in ("la prova", "provare", "una prova", "il test"))
    text = made_tree()[IT].replace(QUESTIONS, f"## questions\n{asked}")
    store.replace({**made_tree(), IT: text, "out_of_scope/it.txt": weather}, author="anna", reason="first")
    return store


@pytest.fixture
def knowledge(kb: KnowledgeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveKnowledge:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.0)
    return LiveKnowledge(kb, tmp_path / "models", demo=False)


def answer_of(knowledge: LiveKnowledge) -> str:
    return knowledge.answerer().topic("prova", "it", "nazionale").text


def test_a_published_text_is_answered_at_once_and_needs_no_training(
    kb: KnowledgeStore, knowledge: LiveKnowledge, tmp_path: Path
) -> None:
    trained = list((tmp_path / "models").iterdir())
    kb.change({IT: kb.tree()[IT].replace("Vai in comune", "Vai oggi")}, author="anna", reason="quicker")
    assert answer_of(knowledge).startswith("Vai oggi")
    assert list((tmp_path / "models").iterdir()) == trained


def test_a_new_question_is_learned_beside_the_running_answers(kb: KnowledgeStore, knowledge: LiveKnowledge) -> None:
    kb.change({IT: kb.tree()[IT] + "- zzyzx qwfpg\n"}, author="anna", reason="a new question")
    assert answer_of(knowledge).startswith("Vai in comune")

    def learned() -> bool:
        best = knowledge.answerer().finder.rank("zzyzx qwfpg")[0]
        return best.topic == "prova" and best.probability > 0.6

    eventually(learned)


def test_another_process_is_followed_too(kb: KnowledgeStore, knowledge: LiveKnowledge) -> None:
    elsewhere = KnowledgeStore(Database(kb.database.url))
    elsewhere.change({IT: kb.tree()[IT].replace("Vai in comune", "Vai oggi")}, author="anna", reason="quicker")
    assert answer_of(knowledge).startswith("Vai oggi")
    elsewhere.database.close()


def test_a_refused_change_changes_no_answer(kb: KnowledgeStore, knowledge: LiveKnowledge) -> None:
    with pytest.raises(ContentError):
        kb.change({IT: "broken"}, author="anna", reason="oops")
    assert answer_of(knowledge).startswith("Vai in comune")
