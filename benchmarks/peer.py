"""The peer: the bot that `rasa init` makes, in the same environment, on its own REST channel with memory stores.

Its pipeline is Rasa's without TensorFlow (this environment has none): whitespace tokenizer, count vectors, logistic
regression, rules and memoization. That is the fastest bare Rasa there is to compare with; the stock one, with DIET and
TED, takes two to three times as long a turn.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from approdo.stack import free_port
from approdo.training import RASA, rasa_environment
from core.errors import ApprodoError

CONFIG = """\
recipe: default.v1
assistant_id: peer
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: LogisticRegressionClassifier
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """The running peer."""

    url: str
    pid: int
    seconds_to_train: float
    seconds_to_ready: float

    def ask(self, sender: str, text: str) -> None:
        """One turn over its REST channel. Raises `ApprodoError` if it says nothing."""
        answer = httpx.post(f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=30)
        if answer.status_code != 200 or not answer.json():
            raise ApprodoError(f"the peer said nothing to {text!r}")


def _run(folder: Path, *arguments: str) -> None:
    subprocess.run([str(RASA), *arguments], cwd=folder, env=rasa_environment(), check=True, capture_output=True)


@contextmanager
def peer(folder: Path) -> Iterator[Peer]:
    """Make, train and start the peer in `folder`; stop it at the end of the block."""
    _scaffold(folder)
    (folder / "config.yml").write_text(CONFIG)
    before = time.perf_counter()
    _run(folder, "train", "--fixed-model-name", "peer")
    trained = time.perf_counter() - before
    port = free_port()
    command = [str(RASA), "run", "--interface", "127.0.0.1", "--port", str(port), "--model", "models/peer.tar.gz"]
    before = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=rasa_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            if process.poll() is not None or time.perf_counter() - before > 120:
                raise ApprodoError("the peer did not start")
            try:
                if httpx.get(f"{url}/webhooks/rest/", timeout=2).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield Peer(url, process.pid, trained, time.perf_counter() - before)
    finally:
        process.terminate()
        process.wait(20)


def _scaffold(folder: Path) -> None:
    """What `rasa init` lays down, without its training (which needs TensorFlow)."""
    code = "import rasa.cli.scaffold as s; s.create_initial_project('.')"
    subprocess.run(
        [str(RASA.parent / "python"), "-W", "ignore", "-c", code],
        cwd=folder, env=rasa_environment(), check=True, capture_output=True,
    )  # fmt: skip
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text("")
