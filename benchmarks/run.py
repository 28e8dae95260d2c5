"""`make bench`: latency, throughput, start-up, memory, training, beside the peer's in the same run."""

import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from approdo.client import ChatClient
from approdo.stack import Stack, started
from approdo.training import Say, train_rasa, train_topics
from benchmarks.peer import Peer, peer
from core.settings import Settings
from knowledge.base import KnowledgeBase
from knowledge.evaluation import percentiles

OURS = ("come rinnovo il permesso?", "grazie mille davvero", "how do I enrol my son at school?", "bonjour à vous")
# The peer's stories cover one path only; its two rules answer at any point of a conversation.
THEIRS = ("bye", "are you a bot?", "goodbye", "am I talking to a bot?")
TURNS = 60
SENDERS = 8
Ask = Callable[[int, int], None]


def spread(milliseconds: list[float], suffix: str = "") -> dict[str, float]:
    """Median and 95th percentile, by name."""
    p50, p95 = percentiles(milliseconds)
    return {f"p50_ms{suffix}": p50, f"p95_ms{suffix}": p95}


def latency(ask: Ask) -> dict[str, float]:
    """One sender, one turn after the other; a new conversation every ten turns."""
    times = []
    for turn in range(TURNS):
        before = time.perf_counter()
        ask(turn // 10, turn)
        times.append((time.perf_counter() - before) * 1000)
    return spread(times)


def throughput(ask: Ask) -> dict[str, float]:
    """Eight senders at once, each with a conversation of its own."""

    def sender(number: int) -> list[float]:
        times = []
        for turn in range(TURNS // 2):
            before = time.perf_counter()
            ask(1000 + number, turn)
            times.append((time.perf_counter() - before) * 1000)
        return times

    before = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        times = [each for chunk in pool.map(sender, range(SENDERS)) for each in chunk]
    seconds = time.perf_counter() - before
    return {**spread(times, f"_{SENDERS}"), "messages_a_second": len(times) / seconds}


def resident_mb(pid: int) -> float:
    """Resident memory of a process, from /proc."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _ours(stack: Stack) -> Ask:
    chats: dict[int, ChatClient] = {}

    def ask(conversation: int, turn: int) -> None:
        chat = chats.get(conversation) or chats.setdefault(conversation, ChatClient(stack.url))
        chat.ask(OURS[turn % len(OURS)])

    return ask


def _theirs(running: Peer) -> Ask:
    return lambda conversation, turn: running.ask(str(conversation), THEIRS[turn % len(THEIRS)])


def measure_peer() -> dict[str, float]:
    """The figures of bare Rasa."""
    with tempfile.TemporaryDirectory() as folder, peer(Path(folder)) as running:
        ask = _theirs(running)
        ask(0, 0)
        figures = {"train_s": running.seconds_to_train, "ready_s": running.seconds_to_ready}
        return {**figures, **latency(ask), **throughput(ask), "rasa_mb": resident_mb(running.pid)}


def measure_ours(settings: Settings, say: Say) -> dict[str, float]:
    """The figures of the whole system: a turn is from the POST to the reply read back, everything committed."""
    base = KnowledgeBase.read()
    before = time.perf_counter()
    train_rasa(settings, base, say, force=True)
    trained = time.perf_counter() - before
    before = time.perf_counter()
    train_topics(settings, base, say, force=True)
    topics = time.perf_counter() - before
    before = time.perf_counter()
    with started(settings, say) as stack:
        figures = {"train_s": trained, "train_topics_s": topics, "ready_s": time.perf_counter() - before}
        ask = _ours(stack)
        ask(0, 0)
        figures |= {**latency(ask), **throughput(ask)}
        for child, name in ((stack.rasa, "rasa_mb"), (stack.services, "services_mb")):
            assert child.process is not None
            figures[name] = resident_mb(child.process.pid)
    return figures


def table(ours: dict[str, float], theirs: dict[str, float]) -> str:
    """Ours, the peer's, and the ratio where both have the figure."""
    lines = [f"{'':<20}{'Approdo':>12}{'bare Rasa':>12}{'ratio':>8}"]
    for name, value in ours.items():
        other = theirs.get(name)
        ratio = f"{value / other:.2f}" if other else "-"
        lines.append(f"{name:<20}{value:>12.1f}{f'{other:.1f}' if other else '-':>12}{ratio:>8}")
    return "\n".join(lines)


def bench(settings: Settings, say: Say) -> str:
    """Measure both, write `bench.json` under var/, return the table."""
    say("Measuring bare Rasa")
    theirs = measure_peer()
    say("Measuring Approdo")
    ours = measure_ours(settings, say)
    path = settings.var_dir / "bench.json"
    path.write_text(json.dumps({"approdo": ours, "bare_rasa": theirs}, indent=1))
    return f"{table(ours, theirs)}\nA turn of Approdo is from POST to the committed reply read back. JSON: {path}"
