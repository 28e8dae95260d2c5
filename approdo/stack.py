"""The whole system on free ports with a folder of its own: what tests, evaluation and benchmarks talk to."""

import os
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from approdo.supervisor import Child, children, wait_until_ready
from approdo.training import Say, train
from core.errors import ApprodoError
from core.settings import Settings


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Stack:
    """Started processes: Rasa first, then the services."""

    settings: Settings
    children: list[Child]

    @property
    def url(self) -> str:
        """The services' base URL."""
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def rasa(self) -> Child:
        """Rasa's process."""
        return self.children[0]

    @property
    def services(self) -> Child:
        """The services' process."""
        return self.children[1]

    def wait_until_ready(self, seconds: float = 90) -> None:
        """Raises `ApprodoError` with the ends of the logs if it does not come up."""
        if not wait_until_ready(self.settings, lambda _: None, lambda: None, seconds):
            logs = [f"--- {c.log}\n" + "\n".join(_tail(c.log)) for c in self.children]
            raise ApprodoError("The processes did not become ready:\n" + "\n".join(logs))

    def kill(self, child: Child) -> None:
        """SIGKILL: no chance to tidy up."""
        assert child.process is not None
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def pause(self, child: Child, *, go_on: bool = False) -> None:
        """SIGSTOP, or SIGCONT."""
        assert child.process is not None
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGCONT if go_on else signal.SIGSTOP)


def _tail(path: Path, lines: int = 15) -> list[str]:
    return path.read_text(errors="replace").splitlines()[-lines:] if path.exists() else []


@contextmanager
def started(settings: Settings, say: Say, **changes: object) -> Iterator[Stack]:
    """A stack with today's models and its data in a folder of its own, stopped and gone at the end of the block."""
    model = train(settings, say)
    with tempfile.TemporaryDirectory(prefix="approdo-", ignore_cleanup_errors=True) as folder:
        own = settings.model_copy(
            update={
                "var_dir": Path(folder), "port": free_port(), "rasa_port": free_port(), "database_url": None,
                "rasa_url": None, **changes,
            }
        )  # fmt: skip
        # The trained finder is found where the services look for it.
        own.models.mkdir()
        for trained in settings.models.iterdir():
            (own.models / trained.name).symlink_to(trained.resolve())
        stack = Stack(own, children(own, model))
        try:
            for child in stack.children:
                child.start()
            say(f"  starting Rasa and the services on ports {own.rasa_port} and {own.port}")
            before = time.monotonic()
            stack.wait_until_ready()
            say(f"  ready after {time.monotonic() - before:.1f} s")
            yield stack
        finally:
            for child in reversed(stack.children):
                stack.pause(child, go_on=True)
                child.stop()
