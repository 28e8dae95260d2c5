"""Bad input at the edge: a clear 4xx with a problem document, and no trace in the conversation."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from approdo.app import build
from core.languages import LANGUAGES
from core.settings import Settings


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("var")
    settings = Settings(var_dir=folder, database_url=None, rasa_url="http://127.0.0.1:9")
    with TestClient(build(settings), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def opened(client: TestClient) -> dict[str, str]:
    answer = client.post("/api/web/conversations", json={"language": "it"})
    assert answer.status_code == 201
    body: dict[str, str] = answer.json()
    assert set(body) == {"id", "token"}
    return body


def auth(opened: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {opened['token']}", "Content-Type": "application/json"}


BODIES = {
    "empty text": (b'{"client_id": "1", "text": ""}', 422),
    "only spaces": (b'{"client_id": "1", "text": "  \\n "}', 422),
    "100 kB": (json.dumps({"client_id": "1", "text": "x" * 100_000}).encode(), 413),
    "5000 characters": (json.dumps({"client_id": "1", "text": "x" * 5000}).encode(), 413),
    "NUL": (b'{"client_id": "1", "text": "a\\u0000b"}', 422),
    "escape": (b'{"client_id": "1", "text": "a\\u001b[2Jb"}', 422),
    "C1 control": (b'{"client_id": "1", "text": "a\\u0085b"}', 422),
    "lone surrogate": (b'{"client_id": "1", "text": "\\ud800"}', 422),
    "invalid UTF-8": (b'{"client_id": "1", "text": "\xff\xfe"}', 400),
    "no JSON": (b"ciao", 400),
    "half JSON": (b'{"client_id": "1", "te', 400),
    "no body": (b"", 422),
    "a list": (b"[]", 422),
    "a number": (b'{"client_id": "1", "text": 7}', 422),
    "no client_id": (b'{"text": "ciao"}', 422),
    "empty client_id": (b'{"client_id": "", "text": "ciao"}', 422),
    "long client_id": (json.dumps({"client_id": "x" * 200, "text": "ciao"}).encode(), 422),
    "control in client_id": (b'{"client_id": "a\\u0000", "text": "ciao"}', 422),
    "unknown field": (b'{"client_id": "1", "text": "ciao", "sender": "operator"}', 422),
    "deeply nested": (b'{"client_id": "1", "text": ' + b"[" * 20000 + b"]" * 20000 + b"}", 400),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_message_gets_a_problem_and_leaves_no_trace(
    client: TestClient, opened: dict[str, str], name: str
) -> None:
    body, status = BODIES[name]
    path = f"/api/web/conversations/{opened['id']}/messages"
    answer = client.post(path, content=body, headers=auth(opened))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())
    assert answer.json()["status"] == status
    assert client.get(path, headers=auth(opened)).json()["messages"] == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Basic x"}, 401),
        ({"Authorization": "Bearer "}, 401),
    ],
)
def test_a_wrong_token_opens_nothing(
    client: TestClient, opened: dict[str, str], headers: dict[str, str], status: int
) -> None:
    path = f"/api/web/conversations/{opened['id']}/messages"
    for answer in (
        client.get(path, headers=headers),
        client.post(path, json={"client_id": "1", "text": "ciao"}, headers=headers),
    ):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
    assert client.get(path, headers=auth(opened)).json()["messages"] == []


def test_another_conversations_token_opens_nothing(client: TestClient, opened: dict[str, str]) -> None:
    other = client.post("/api/web/conversations", json={}).json()
    path = f"/api/web/conversations/{opened['id']}/messages"
    assert client.get(path, headers={"Authorization": f"Bearer {other['token']}"}).status_code == 401


def test_an_unknown_conversation_is_not_found(client: TestClient, opened: dict[str, str]) -> None:
    answer = client.get("/api/web/conversations/nobody/messages", headers=auth(opened))
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_nothing_has_to_be_said_to_open_a_conversation(client: TestClient) -> None:
    assert client.post("/api/web/conversations").status_code == 201
    assert client.post("/api/web/conversations", json={"language": None, "ambito": None}).status_code == 201


@pytest.mark.parametrize(
    ("body", "where"),
    [({"ambito": "atlantide"}, "ambito"), ({"language": "tlh"}, "language"), ({"nationality": "x"}, "nationality")],
)
def test_a_wrong_opening_says_what_is_wrong(client: TestClient, body: dict[str, str], where: str) -> None:
    answer = client.post("/api/web/conversations", json=body)
    assert answer.status_code == 422
    assert where in answer.text


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=-1", "wait=nan", "after=99999999999999999999"])
def test_a_wrong_query_is_refused(client: TestClient, opened: dict[str, str], query: str) -> None:
    path = f"/api/web/conversations/{opened['id']}/messages?{query}"
    answer = client.get(path, headers=auth(opened))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_address_is_a_problem_too(client: TestClient) -> None:
    answer = client.get("/api/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_page_lets_nothing_foreign_in(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_every_text_that_the_page_uses_is_there(client: TestClient) -> None:
    import re

    texts = client.get("/api/web/texts").json()
    assert list(texts) == list(LANGUAGES)
    script = client.get("/chat/chat.js").text
    page = client.get("/").text
    used = set(re.findall(r'word\("(\w+)"\)', script)) | set(re.findall(r'data-(?:text|placeholder)="(\w+)"', page))
    for code, words in texts.items():
        assert used <= set(words), code
    assert texts["ar"]["direction"] == "rtl"


def test_readiness_says_that_the_bot_is_missing(client: TestClient) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["bot"] == "not there"
    assert answer.json()["checks"]["database"] == "ok"


def test_a_message_is_counted_and_its_text_is_not_logged(
    client: TestClient, opened: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    path = f"/api/web/conversations/{opened['id']}/messages"
    answer = client.post(path, json={"client_id": "1", "text": "parola segretissima"}, headers=auth(opened))
    assert (answer.status_code, answer.json()) == (202, {"seq": 1})
    assert 'approdo_messages_received_total{channel="web"}' in client.get("/metrics").text
    out, err = capfd.readouterr()
    assert "segretissima" not in out + err
