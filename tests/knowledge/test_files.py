import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ContentError
from knowledge.base import KnowledgeBase
from knowledge.files import CONTENT, Pending, format_words, parse_words, read_entries, read_pending
from knowledge.model import FACETS, Source, Words
from tests.knowledge.made import FACETS as MADE_FACETS
from tests.knowledge.made import made_words

ENTRY = """\
id: prova
area: prove
level: ambito
urgent: false
sources:
  - title: "Legge 1/2000"
    url: https://www.esempio.it
checked_on: 2026-11-01
review_by: 2027-05-01
owner: redazione
see_also: [altra, terza]
"""
TERRITORIES = """\
- id: nazionale
  kind: nazione
  name: Italia
- id: sondrio
  kind: ambito
  name: Sondrio
  parent: nazionale
  comuni: [Sondrio]
"""
ITALIAN = """\
---
title: 'Prova: uno'
status: draft
---
La risposta.

## cost
È gratis.

## questions
- quanto costa?
- è gratis?
"""
IT = "sondrio/prova/it.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small content without a fault."""
    for name, text in {
        "territories.yml": TERRITORIES,
        "sondrio/prova/entry.yml": ENTRY,
        IT: ITALIAN,
        "pending/it.jsonl": '{"id": "altra", "text": "e poi?"}\n{"id": "terza", "text": "aiuto", "urgent": true}\n',
        "out_of_scope/it.txt": "che tempo fa\n\n  chi ha vinto  \n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*/*/*.md")), ids=lambda path: "/".join(path.parts[-3:]))
def test_a_file_of_the_content_is_written_as_it_was_read_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    assert format_words(parse_words(data.decode("utf-8"), path)).encode("utf-8") == data


# Letters, digits and marks of any script; a line of dashes would end the front matter.
_line = st.text(st.characters(categories=["L", "N", "M", "S", "P"], exclude_characters="-#"), min_size=1)


@settings(deadline=None)
@given(
    title=_line,
    answer=st.lists(_line, min_size=1).map("\n".join),
    facets=st.dictionaries(st.sampled_from(FACETS), _line),
    questions=st.lists(_line, min_size=1).map(tuple),
    reviewed=st.none() | st.tuples(_line, st.dates(min_value=date(1000, 1, 1))),
)
def test_words_that_are_written_read_back_the_same(
    title: str, answer: str, facets: dict[str, str], questions: tuple[str, ...], reviewed: tuple[str, date] | None
) -> None:
    by, on = reviewed or (None, None)
    words = Words("fr", title, answer, facets, questions, "reviewed" if by else "draft", "0123456789ab", by, on)
    assert parse_words(format_words(words), Path("fr.md")) == words


def test_a_version_of_digits_alone_stays_a_text() -> None:
    words = made_words("fr", translates="012345678901", facets=MADE_FACETS)
    assert parse_words(format_words(words), Path("fr.md")) == words


def test_an_entry_is_read_with_all_that_its_files_say(content: Path) -> None:
    base = KnowledgeBase.read(content)
    (entry,) = base.entries
    assert (entry.id, entry.territory, entry.area, entry.level, entry.urgent, entry.owner) == (
        "prova",
        "sondrio",
        "prove",
        "ambito",
        False,
        "redazione",
    )
    assert entry.sources == (Source("Legge 1/2000", "https://www.esempio.it"),)
    assert (entry.checked_on, entry.review_by) == (date(2026, 11, 1), date(2027, 5, 1))
    assert entry.see_also == ("altra", "terza")
    assert entry.words["it"] == Words(
        "it", "Prova: uno", "La risposta.", {"cost": "È gratis."}, ("quanto costa?", "è gratis?"), "draft"
    )
    assert base.pending == [Pending("altra", "it", "e poi?", False), Pending("terza", "it", "aiuto", True)]
    assert base.out_of_scope == [("it", "che tempo fa"), ("it", "chi ha vinto")]
    assert base.territories["sondrio"].parent == "nazionale"
    assert base.territories["sondrio"].comuni == ("Sondrio",)


def test_see_also_may_be_left_out(content: Path) -> None:
    path = content / "sondrio/prova/entry.yml"
    path.write_text(ENTRY.replace("see_also: [altra, terza]\n", ""), "utf-8")
    assert read_entries(content)[0].see_also == ()


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("name", "change", "line", "reason"),
    [
        (IT, replaced("---\n", ""), 1, "must begin with front matter"),
        (IT, replaced("status: draft\n---", "status: draft"), 1, "must begin with front matter"),
        (IT, replaced("'Prova: uno'", "Prova: uno"), 2, "not valid YAML"),
        (IT, replaced("status: draft", "status: draft\nstato: x"), None, "`stato` is not known here"),
        (IT, replaced("title: 'Prova: uno'\nstatus: draft", "- uno"), 1, "must hold `name: value` lines"),
        (IT, replaced("status: draft", "status: ready"), 2, "`status` draft or reviewed"),
        (IT, replaced("title: 'Prova: uno'\n", ""), 2, "`title` must be a text"),
        (IT, replaced("La risposta.\n", ""), 5, "has no answer"),
        (IT, replaced("## cost", "## costs"), 7, "`## costs` must be one of what, who"),
        (IT, replaced("## questions", "## cost\nx\n\n## questions"), 10, "`## cost` must be one of"),
        (IT, replaced("È gratis.\n", ""), 7, "`## cost` is empty"),
        (IT, replaced("- è gratis?", "è gratis?"), None, "a question is a line `- text`, not `è gratis?`"),
        (IT, replaced("- è gratis?", "- "), None, "a question is a line `- text`"),
        ("sondrio/prova/entry.yml", replaced("urgent: false", "urgent: [false"), 5, "not valid YAML"),
        ("sondrio/prova/entry.yml", replaced("area:", "zona:"), None, "`zona` is not known here"),
        ("sondrio/prova/entry.yml", replaced("area: prove\n", ""), None, "`area` is missing"),
        ("sondrio/prova/entry.yml", replaced("id: prova", "id: prove"), None, "`id` is prove, but the folder is prova"),
        ("sondrio/prova/entry.yml", replaced("2026-11-01", "ieri"), None, "`checked_on` must be a date"),
        ("sondrio/prova/entry.yml", replaced("2027-05-01", "2027"), None, "`review_by` must be a date"),
        ("sondrio/prova/entry.yml", replaced("https:", "http:"), None, "begins with https://"),
        ("sondrio/prova/entry.yml", replaced('"Legge 1/2000"', '""'), None, "each source has a `title`"),
        ("sondrio/prova/entry.yml", lambda _: "", 1, "must hold `name: value` lines"),
        ("territories.yml", replaced("parent: nazionale", "parent: lombardia"), None, "the parent `lombardia`"),
        ("territories.yml", replaced("kind:", "type:"), None, "`type` is not known here"),
        ("pending/it.jsonl", replaced('{"id": "terza"', '{"id": '), 2, "each line must be"),
        ("pending/it.jsonl", replaced('"text": "aiuto"', '"testo": "aiuto"'), 2, "each line must be"),
        ("pending/it.jsonl", replaced('{"id": "terza", "text": "aiuto", "urgent": true}', "3"), 2, "each line must be"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name_and_line(
    content: Path, name: str, change: Callable[[str], str], line: int | None, reason: str
) -> None:
    path = content / name
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    with pytest.raises(ContentError) as refused:
        KnowledgeBase.read(content)
    assert (refused.value.path, refused.value.line) == (path, line)
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"{path}:{line}: " if line else f"{path}: ")


def test_a_source_must_be_there(content: Path) -> None:
    path = content / "sondrio/prova/entry.yml"
    lines = [line for line in ENTRY.splitlines() if not line.startswith(" ")]
    path.write_text("\n".join(lines).replace("sources:", "sources: []"), "utf-8")
    with pytest.raises(ContentError, match="at least one source"):
        read_entries(content)


@pytest.mark.parametrize(("missing", "reason"), [("entry.yml", "needs this file"), ("it.md", "needs the Italian")])
def test_a_file_that_is_missing_is_named(content: Path, missing: str, reason: str) -> None:
    path = content / "sondrio/prova" / missing
    path.unlink()
    with pytest.raises(ContentError, match=reason) as refused:
        read_entries(content)
    assert refused.value.path == path


def test_a_file_in_no_known_language_is_refused(content: Path) -> None:
    (content / "sondrio/prova/xx.md").write_text(ITALIAN, "utf-8")
    with pytest.raises(ContentError, match=r"xx\.md: `xx` is none of the languages it, en"):
        read_entries(content)


def test_questions_of_many_lines_keep_their_lines_apart(content: Path) -> None:
    rows = [{"id": "altra", "text": text} for text in ("uno", "due")]
    (content / "pending/fr.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert [row.text for row in read_pending(content) if row.language == "fr"] == ["uno", "due"]


def test_a_file_may_hold_an_answer_alone() -> None:
    words = made_words(facets={}, questions=())
    assert parse_words(format_words(words), Path("it.md")) == words


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (IT, b"---\ntitle: \xff\nstatus: draft\n---\nx\n"),
        ("pending/it.jsonl", b'{"id": "a", "text": "\xff"}\n'),
        ("out_of_scope/it.txt", b"\xff\n"),
        ("territories.yml", b""),
        ("territories.yml", b"- id: nazionale\n"),
    ],
    ids=["not UTF-8", "pending not UTF-8", "out of scope not UTF-8", "no territories", "half a territory"],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(content: Path, name: str, data: bytes) -> None:
    (content / name).write_bytes(data)
    with pytest.raises(ContentError) as refused:
        KnowledgeBase.read(content)
    assert refused.value.path == content / name


def test_a_folder_of_no_territory_is_refused(content: Path) -> None:
    (content / "sondrio").rename(content / "sondiro")
    with pytest.raises(ContentError, match="sondiro"):
        read_entries(content)
