"""`make evaluate`: every question through the route that a web message takes, Rasa included."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from approdo.client import ChatClient
from approdo.stack import started
from approdo.training import Say
from core.errors import ContentError
from core.settings import Settings
from knowledge.evaluation import KINDS, Result, summarize, table

SIDE_BY_SIDE = 4


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The lines of a question file. Raises `ContentError` with the line that is wrong."""
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            right = isinstance(question["text"], str) and isinstance(question.get("expected", []), list)
            right = right and isinstance(question["lang"], str) and question["kind"] in KINDS
        except (ValueError, KeyError, TypeError):
            right = False
        if not right:
            wanted = '{"lang": …, "kind": ' + "|".join(KINDS) + ', "text": …, "expected": […]}'
            raise ContentError(f"each line must be {wanted}", path, number)
        questions.append(question)
    if not questions:
        raise ContentError("there is no question in it", path)
    return questions


def ask(url: str, question: dict[str, Any]) -> Result:
    """One question in a conversation of its own."""
    chat = ChatClient(url)
    before = time.perf_counter()
    try:
        replies = chat.ask(question["text"])
    except (httpx.HTTPError, TimeoutError) as error:
        replies = [{"outcome": None, "language": None, "error": str(error)}]
    finally:
        chat.close()
    first = next((reply for reply in replies if reply.get("outcome")), replies[0])
    return Result(
        language=question["lang"],
        kind=question["kind"],
        script=question.get("script"),
        text=question["text"],
        expected=tuple(question.get("expected", ())),
        outcome=first.get("outcome"),
        topics=tuple(first.get("topics") or ()),
        replied_in=first.get("language"),
        milliseconds=(time.perf_counter() - before) * 1000,
    )


def ask_all(url: str, questions: list[dict[str, Any]], say: Say) -> Iterator[Result]:
    """All of them, a few side by side, with a line of progress now and then."""
    told = time.monotonic()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for number, result in enumerate(pool.map(lambda q: ask(url, q), questions), 1):
            if time.monotonic() - told > 10:
                told = time.monotonic()
                say(f"  {number} of {len(questions)}")
            yield result


def evaluate_file(settings: Settings, path: Path, out: Path, say: Say) -> str:
    """Evaluate the questions in `path`, write JSON to `out`; returns the table."""
    questions = read_questions(path)
    with started(settings, say) as stack:
        ask(stack.url, questions[0])  # the first question pays for what is loaded lazily
        results = list(ask_all(stack.url, questions, say))
    summary = summarize(results)
    out.parent.mkdir(parents=True, exist_ok=True)
    report = {"questions": str(path), "summary": summary, "results": [result.as_dict() for result in results]}
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    return f"{table(summary)}\nEach question with what it got: {out}"
