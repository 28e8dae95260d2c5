"""A client of the web-chat API: what a page does, without the page. Tests, evaluation and benchmarks use it."""

import time
import uuid
from typing import Any

import httpx


class ChatClient:
    """One conversation. Synchronous; make one a thread."""

    def __init__(self, url: str, *, language: str | None = None, ambito: str | None = None) -> None:
        # A connection a request, as over a phone's network; and nothing is left open when a client is dropped.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.http = httpx.Client(base_url=f"{url}/api/web", timeout=40, limits=limits)
        asked = {"language": language, "ambito": ambito}
        answer = self.http.post("/conversations", json={k: v for k, v in asked.items() if v})
        answer.raise_for_status()
        self.id, self.token = answer.json()["id"], answer.json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.after = 0

    def post(self, text: str, client_id: str | None = None) -> httpx.Response:
        """Send a message; the raw response."""
        body = {"client_id": client_id or uuid.uuid4().hex, "text": text}
        return self.http.post(f"/conversations/{self.id}/messages", json=body)

    def send(self, text: str, client_id: str | None = None) -> int:
        """Send a message; its seq. Raises `httpx.HTTPStatusError` unless it is accepted."""
        answer = self.post(text, client_id)
        answer.raise_for_status()
        return int(answer.json()["seq"])

    def read(self, after: int | None = None, wait: float = 0) -> list[dict[str, Any]]:
        """Messages after `after` (else after those read before)."""
        start = self.after if after is None else after
        answer = self.http.get(f"/conversations/{self.id}/messages", params={"after": start, "wait": wait})
        answer.raise_for_status()
        messages: list[dict[str, Any]] = answer.json()["messages"]
        if messages:
            self.after = max(self.after, messages[-1]["seq"])
        return messages

    def wait_for_reply(self, seq: int, seconds: float = 30) -> list[dict[str, Any]]:
        """What others said after message `seq`, as soon as they say something; raises `TimeoutError`."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            replies = [m for m in self.read(after=seq, wait=min(left, 25)) if m["sender"] != "user"]
            if replies:
                return replies
        raise TimeoutError(f"no reply to message {seq} within {seconds} s")

    def ask(self, text: str, seconds: float = 30) -> list[dict[str, Any]]:
        """Send and wait for the reply."""
        return self.wait_for_reply(self.send(text), seconds)

    def close(self) -> None:
        """Give the connection back."""
        self.http.close()
