"""The commands that look after the knowledge base, typed as a newcomer types them."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from approdo import cli_kb
from approdo.cli import app
from core.settings import ROOT, Settings
from knowledge.base import KnowledgeBase
from knowledge.tree import CONTENT, read_tree
from tests.knowledge.made import made_tree, write_files

IT = "nazionale/prova/it.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_files(made_tree(), tmp_path / "content")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment of its own, with this release's content."""
    settings = Settings(var_dir=tmp_path / "var", database_url=None)
    monkeypatch.setattr(cli_kb, "get_settings", lambda: settings)
    return tmp_path


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def documented_commands() -> list[list[str]]:
    """The commands under "A new ambito" in docs/content.md, word by word."""
    page = (ROOT / "docs" / "content.md").read_text("utf-8")
    (block,) = re.findall(r"## A new ambito\n.*?```sh\n(.*?)```", page, re.DOTALL)
    lines = block.replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.strip()]


def test_a_new_ambito_is_made_by_what_the_documentation_says(tmp_path: Path) -> None:
    content = write_files(read_tree(CONTENT), tmp_path / "content")
    for command in documented_commands():
        result = typed(*command, "--into", content)
        assert result.exit_code == 0, (command, result.output)
    text = content / "tirano" / "trasporti" / "it.md"
    text.write_text(text.read_text("utf-8").replace("TODO: che cosa cambia qui.", "Il bus qui è un altro."), "utf-8")
    base = KnowledgeBase.read(content)
    assert len([desk for desk in base.desks if desk.territory == "tirano"]) == 3
    assert [entry.id for entry in base.entries if entry.territory == "tirano"] == ["corsi-italiano", "trasporti"]
    result = typed("kb", "check", content)
    assert result.exit_code == 0, result.output
    assert "tirano/trasporti/fr.md: warning: is missing" in result.output
    assert (
        "tirano: Tirano, 3 comuni, 3 desks, 2 entries of its own" in typed("ambito", "list", "--into", content).output
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["ambito", "new", "Tirano", "--name", "Tirano"], "cannot be the id of a territory"),
        (["desk", "new", "lecco", "a", "--name", "A", "--source", "B"], "there is no ambito `lecco`"),
        (["desk", "new", "sondrio", "a", "--name", "A", "--source", "B", "--hours", "lunedì"], "opening_hours syntax"),
        (["desk", "new", "sondrio", "a", "--name", "A", "--source", "B", "--topic", "boh"], "`boh` is no topic"),
        (["entry", "new", "sondrio", "boh"], "`boh` is no topic"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(content: Path, words: list[str], reason: str) -> None:
    result = typed(*words, "--into", content)
    assert result.exit_code == 1
    assert reason in result.output
    assert read_tree(content) == made_tree()


def test_the_check_tells_of_what_is_wrong_and_fails(content: Path) -> None:
    (content / IT).write_text((content / IT).read_text("utf-8").replace("status: draft", "status:   draft"), "utf-8")
    result = typed("kb", "check", content)
    assert result.exit_code == 1
    assert f"{IT}: is not in the form that `approdo kb format` gives it" in result.output
    assert typed("kb", "format", content).output == "1 documents written anew.\n"
    assert read_tree(content) == made_tree()


def test_a_file_that_cannot_be_read_is_one_clear_sentence(content: Path) -> None:
    (content / IT).write_text("ciao", "utf-8")
    result = typed("kb", "check", content)
    assert result.exit_code == 1
    assert f"approdo: {IT}:1: must begin with front matter" in result.output


def test_the_running_knowledge_base_goes_out_changes_and_comes_back(here: Path) -> None:
    result = typed("kb", "export", here / "out")
    assert result.exit_code == 0, result.output
    assert read_tree(here / "out") == read_tree(CONTENT)
    path = here / "out" / "nazionale" / "permesso-rinnovo" / "it.md"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Nuovo · ", 1), "utf-8")
    result = typed("kb", "import", here / "out", "--author", "anna", "--reason", "a new title")
    assert result.exit_code == 0, result.output
    assert "Version 2: 1 documents changed." in result.output
    assert "anna  import  a new title" in typed("kb", "history", "nazionale/permesso-rinnovo/it.md").output
    assert "No change of `boh` is known" in typed("kb", "history", "boh").output
    result = typed("kb", "check", "--store")
    assert "nazionale/permesso-rinnovo/en.md: is outdated" in result.output


def test_a_refused_spreadsheet_says_why_and_changes_nothing(here: Path) -> None:
    typed("kb", "export", "--csv", here / "tables")
    table = here / "tables" / "topics.csv"
    table.write_text(table.read_text("utf-8-sig") + "Boh!,area,false,=1+1\n", "utf-8")
    result = typed("kb", "import", table)
    assert result.exit_code == 1
    assert "row 79, column about: is a formula" in result.output
    assert "No change" not in typed("kb", "history", "topics.yml").output
    assert "import" not in typed("kb", "history", "topics.yml").output
