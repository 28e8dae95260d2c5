"""Training, done when what it depends on has changed: Rasa's model, and the topic finder."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from core.errors import ApprodoError
from core.settings import ROOT, Settings
from knowledge.base import KnowledgeBase
from knowledge.encoder import encoder_for
from knowledge.finder import finder_for, finder_path
from knowledge.tree import Tree, read_tree, write_tree

# Under `VAR_DIR`: the documents that Rasa was last trained on.
KNOWLEDGE = "knowledge"
RASA = ROOT / "bot" / ".venv" / "bin" / "rasa"
Say = Callable[[str], None]


def rasa_environment(**extra: str) -> dict[str, str]:
    """The environment in which `rasa` runs: no telemetry, none of the services' secrets, none of their Python."""
    hidden = ("VIRTUAL_ENV", "PYTHON", "ENCRYPTION_KEY", "SESSION_SECRET", "FIRST_PASSWORD", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", **extra}


def _sources() -> Iterator[Path]:
    """The files that Rasa's model is made of."""
    yield from (ROOT / "config.yml", ROOT / "domain.yml", ROOT / "bot" / "requirements.lock")
    yield from sorted((ROOT / "data").rglob("*.yml"))
    yield from sorted(path for path in (ROOT / "bot").rglob("*.py") if ".venv" not in path.parts)


def rasa_hash(base: KnowledgeBase) -> str:
    """Changes when the model would: its files, and the questions that the importer reads."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    digest.update(json.dumps(sorted(base.questions())).encode())
    return digest.hexdigest()[:16]


def rasa_model(settings: Settings, base: KnowledgeBase) -> Path:
    """Where the model of today's data is, or will be."""
    return settings.models / f"rasa-{rasa_hash(base)}.tar.gz"


def train_rasa(settings: Settings, base: KnowledgeBase, say: Say, *, force: bool = False) -> Path:
    """The model of today's data, trained if there is none. Raises `ApprodoError` with the end of Rasa's log."""
    model = rasa_model(settings, base)
    if model.exists() and not force:
        return model
    model.parent.mkdir(parents=True, exist_ok=True)
    log = settings.var_dir / "log" / "rasa-train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    draft = "new-" + model.name.removesuffix(".tar.gz")
    command = [
        str(RASA),
        "train",
        "--out",
        str(model.parent),
        "--fixed-model-name",
        draft,
        *(["--force"] if force else []),
    ]
    started = time.monotonic()
    with log.open("w") as out:
        environment = rasa_environment(KNOWLEDGE_DIR=str(settings.var_dir / KNOWLEDGE))
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environment)
        while process.poll() is None:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                say(f"  training Rasa … {time.monotonic() - started:.0f} s (log: {log})")
    made = model.parent / f"{draft}.tar.gz"
    if process.returncode != 0 or not made.exists():
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise ApprodoError(f"Training Rasa failed. The end of {log}:\n{tail}")
    made.replace(model)
    for old in model.parent.glob("rasa-*.tar.gz"):
        if old != model:
            old.unlink(missing_ok=True)
    return model


def train_topics(settings: Settings, base: KnowledgeBase, say: Say, *, force: bool = False) -> None:
    """The topic finder of today's questions, trained if there is none."""
    examples, folder, encoder = base.examples(), settings.models, encoder_for(settings)
    if not finder_path(examples, folder, encoder).exists() or force:
        say("  training the topic finder … about a minute")
        finder_for(examples, folder, encoder, force=force)


def train(settings: Settings, say: Say, tree: Tree | None = None, *, force: bool = False) -> Path:
    """Both, on the documents of `tree` (else those of the release); returns Rasa's model. Raises `ContentError`."""
    tree = read_tree() if tree is None else tree
    base = KnowledgeBase.of(tree)
    train_topics(settings, base, say, force=force)
    # Rasa lives in another environment and reads files: it is given those of the running store.
    write_tree(tree, settings.var_dir / KNOWLEDGE)
    return train_rasa(settings, base, say, force=force)
