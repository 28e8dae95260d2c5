import threading

import pytest

from core.database import Database
from core.errors import Conflict, ContentError
from knowledge.store import KnowledgeStore
from knowledge.tree import Tree
from tests.knowledge.made import made_tree

IT = "nazionale/prova/it.md"
FR = "nazionale/prova/fr.md"


@pytest.fixture
def kb(database: Database) -> KnowledgeStore:
    return KnowledgeStore(database)


def edited(path: str = IT, by: str = "Vai oggi.") -> dict[str, str]:
    """One document of the made tree with another first sentence of its answer."""
    return {path: made_tree()[path].replace("Vai in comune", by)}


def test_an_empty_store_holds_nothing(kb: KnowledgeStore) -> None:
    assert (kb.version(), kb.tree(), kb.history(IT)) == (0, {}, [])


def test_what_is_put_in_comes_out_byte_for_byte(kb: KnowledgeStore) -> None:
    version = kb.replace(made_tree(), author="anna", reason="first")
    assert kb.snapshot() == (version, made_tree())
    assert kb.replace(made_tree(), author="anna", reason="again") == version


def test_every_change_is_remembered_with_who_when_and_why(kb: KnowledgeStore) -> None:
    first = kb.replace(made_tree(), author="anna", reason="first", origin="import")
    second = kb.change(edited(), author="bruno", reason="clearer")
    newest, oldest = kb.history(IT)
    assert (newest.version, newest.author, newest.origin, newest.reason) == (second, "bruno", "edit", "clearer")
    assert (oldest.version, oldest.author, oldest.origin) == (first, "anna", "import")
    assert newest.at >= oldest.at > 0
    assert (oldest.text, newest.text) == (made_tree()[IT], edited()[IT])
    assert [each.version for each in kb.history(FR)] == [first]


def test_an_old_version_can_be_read_and_put_back(kb: KnowledgeStore) -> None:
    first = kb.replace(made_tree(), author="anna", reason="first")
    kb.change({**edited(), FR: None}, author="bruno", reason="a mistake")
    assert kb.tree() == {path: text for path, text in {**made_tree(), **edited()}.items() if path != FR}
    assert kb.tree(first) == made_tree()
    assert kb.history(FR)[0].text is None
    kb.replace(kb.tree(first), author="anna", reason="as before")
    assert kb.tree() == made_tree()


def test_a_change_that_would_break_the_knowledge_base_leaves_no_trace(kb: KnowledgeStore) -> None:
    version = kb.replace(made_tree(), author="anna", reason="first")
    for wrong in ({**edited(), "nazionale/prova/entry.yml": None}, {**edited(), FR: "no front matter"},
                  {**edited(), "sondrio/territory.yml": None}):  # fmt: skip
        with pytest.raises(ContentError):
            kb.change(wrong, author="bruno", reason="half of it is wrong")
    assert kb.snapshot() == (version, made_tree())
    assert len(kb.history(IT)) == 1


def test_a_document_is_kept_in_the_one_form(kb: KnowledgeStore) -> None:
    tree = {**made_tree(), "topics.yml": "- {about: A, id: prova, area: prove}\n- {id: altra, area: prove, about: B}\n"}
    kb.replace(tree, author="anna", reason="first")
    assert kb.tree()["topics.yml"].startswith("- id: prova\n  area: prove\n")


def test_who_edits_an_old_text_is_told_and_loses_nothing(kb: KnowledgeStore) -> None:
    version = kb.replace(made_tree(), author="anna", reason="first")
    kb.change(edited(), author="bruno", reason="quicker", based_on=version)
    with pytest.raises(Conflict, match=r"bruno has changed nazionale/prova/it\.md since you opened it"):
        kb.change(edited(by="Vai domani."), author="anna", reason="slower", based_on=version)
    kb.change(edited(FR, "Va demain"), author="anna", reason="another document", based_on=version)
    assert kb.tree()[IT] == edited()[IT]


def test_of_two_who_edit_at_once_one_is_told(kb: KnowledgeStore) -> None:
    version = kb.replace(made_tree(), author="anna", reason="first")
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def edit(number: int) -> None:
        barrier.wait()
        try:
            kb.change(edited(by=f"Vai {number}"), author=f"e{number}", reason="at once", based_on=version)
            outcomes.append("written")
        except Conflict:
            outcomes.append("told")

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["told"] * 7 + ["written"]
    assert len(kb.history(IT)) == 2


def released(**changes: str | None) -> Tree:
    """The made tree as a later release has it; None takes a document away."""
    tree: dict[str, str | None] = {**made_tree(), **changes}
    return {path: text for path, text in tree.items() if text is not None}


def test_the_first_release_is_brought_in_and_the_same_again_changes_nothing(kb: KnowledgeStore) -> None:
    update = kb.update_shipped(made_tree())
    assert set(update.changed) == made_tree().keys()
    assert kb.tree() == made_tree()
    assert not kb.update_shipped(made_tree())
    assert kb.version() == 1


def test_a_later_release_replaces_what_nobody_has_touched(kb: KnowledgeStore) -> None:
    kb.update_shipped(made_tree())
    update = kb.update_shipped(released(**edited(), **{FR: None}))
    assert (update.changed, update.kept) == ((FR, IT), ())
    assert kb.tree() == released(**edited(), **{FR: None})


def test_a_later_release_keeps_what_an_editor_has_changed(kb: KnowledgeStore) -> None:
    kb.update_shipped(made_tree())
    kb.change(edited(by="Vai subito."), author="anna", reason="local")
    update = kb.update_shipped(released(**edited()))
    assert (update.changed, update.kept) == ((), (IT,))
    assert kb.tree()[IT] == edited(by="Vai subito.")[IT]
    assert not kb.update_shipped(released(**edited())).kept, "told once"


def test_what_an_editor_has_taken_away_stays_away(kb: KnowledgeStore) -> None:
    kb.update_shipped(made_tree())
    kb.change({FR: None}, author="anna", reason="not ours")
    update = kb.update_shipped(released(**edited(FR, "Va")))
    assert (update.changed, update.kept) == ((), (FR,))
    assert FR not in kb.tree()


def test_what_an_editor_and_a_release_changed_alike_is_no_conflict(kb: KnowledgeStore) -> None:
    kb.update_shipped(made_tree())
    kb.change(edited(), author="anna", reason="first to see it")
    assert kb.update_shipped(released(**edited())).kept == ()


def test_what_an_editor_added_survives_a_release(kb: KnowledgeStore) -> None:
    kb.update_shipped(made_tree())
    mine = {"sondrio/desks/mio.yml": made_tree()["sondrio/desks/sportello.yml"].replace("id: sportello", "id: mio")}
    kb.change(mine, author="anna", reason="a new desk")
    kb.update_shipped(released(**edited()))
    assert kb.tree() == {**made_tree(), **edited(), **mine}
