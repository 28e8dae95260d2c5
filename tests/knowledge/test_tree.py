from pathlib import Path

import pytest

from core.errors import ContentError
from knowledge.base import KnowledgeBase
from knowledge.tree import canonical, out_of_scope_in, read_tree, territories_in, write_tree
from tests.knowledge.made import made_tree, write_files


def test_a_tree_that_is_written_reads_back_byte_for_byte(tmp_path: Path) -> None:
    write_tree(made_tree(), tmp_path / "new")
    assert read_tree(tmp_path / "new") == made_tree()
    for name, text in made_tree().items():
        assert (tmp_path / "new" / name).read_bytes() == text.encode()


def test_writing_a_tree_takes_away_what_is_not_in_it_and_empty_folders(tmp_path: Path) -> None:
    write_files(made_tree(), tmp_path)
    smaller = {path: text for path, text in made_tree().items() if not path.startswith("sondrio/")}
    write_tree(smaller, tmp_path)
    assert read_tree(tmp_path) == smaller
    assert not (tmp_path / "sondrio").exists()


def test_a_folder_that_holds_anything_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(ContentError, match="is no document of the knowledge base"):
        write_tree(made_tree(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_hidden_files_are_nobodys_business(tmp_path: Path) -> None:
    write_files({**made_tree(), ".git/config": "x", "nazionale/.DS_Store": "x"}, tmp_path)
    assert read_tree(tmp_path) == made_tree()


def test_line_ends_of_windows_mean_the_same(tmp_path: Path) -> None:
    write_files({path: text.replace("\n", "\r\n") for path, text in made_tree().items()}, tmp_path)
    assert read_tree(tmp_path) == made_tree()


def test_a_file_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    write_files(made_tree(), tmp_path)
    (tmp_path / "nazionale/prova/it.md").write_bytes(b"---\ntitle: \xff\n")
    with pytest.raises(ContentError, match=r"^nazionale/prova/it\.md: is not UTF-8 text"):
        read_tree(tmp_path)


@pytest.mark.parametrize("path", ["README.md", "a/b/c/d.md", "nazionale/prova/it.txt", "nazionale/x.yml", "x/y/z.yml"])
def test_what_is_no_document_is_refused(path: str) -> None:
    with pytest.raises(ContentError, match="is no document"):
        KnowledgeBase.of({**made_tree(), path: "x"})


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no such folder"):
        read_tree(tmp_path / "none")


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("nazionale/prova/entry.yml", r"nazionale/prova: the entry has no entry\.yml"),
        ("sondrio/prova/it.md", r"sondrio/prova: the entry has no it\.md"),
        ("nazionale/prova/it.md", r"nazionale/prova/it\.md: an entry needs the Italian"),
    ],
)
def test_a_document_that_is_missing_is_named(missing: str, reason: str) -> None:
    tree = made_tree()
    del tree[missing]
    with pytest.raises(ContentError, match=reason):
        KnowledgeBase.of(tree)


def test_parents_come_before_their_children_whatever_the_order_of_the_files() -> None:
    assert list(territories_in(made_tree())) == ["nazionale", "lombardia", "sondrio", "sondrio.tresivio"]


def test_a_territory_that_is_its_own_ancestor_is_refused() -> None:
    tree = made_tree()
    tree["nazionale/territory.yml"] += "parent: sondrio\n"
    with pytest.raises(ContentError, match="is no territory, or this one is its own ancestor"):
        territories_in(tree)


def test_texts_about_nothing_are_read_line_by_line() -> None:
    assert out_of_scope_in({"out_of_scope/it.txt": "uno\n\n  due \n"}) == [("it", "uno"), ("it", "due")]
    with pytest.raises(ContentError, match="`xx` is none of the languages"):
        out_of_scope_in({"out_of_scope/xx.txt": "uno\n"})


def test_a_control_character_has_no_place_in_a_document() -> None:
    with pytest.raises(ContentError, match=r"holds the character U\+0007"):
        canonical("out_of_scope/it.txt", "uno\x07\n")
