"""The `approdo` command: one entry, a subcommand for each thing to do. `make` only calls it."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from approdo.cli_content import ambito_app, desk_app, entry_app
from approdo.cli_kb import kb_app
from approdo.terminal import fails_clearly, say
from core.errors import ContentError
from core.settings import Settings, get_settings

# The invented ambito that DEMO=1 loads.
DEMO = "demo"

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Approdo: run it, train it, look after it.")
staff_app = typer.Typer(no_args_is_help=True, help="The operators of the desks.")
app.add_typer(staff_app, name="staff")
app.add_typer(kb_app, name="kb")
app.add_typer(ambito_app, name="ambito")
app.add_typer(desk_app, name="desk")
app.add_typer(entry_app, name="entry")


def first_operator(settings: Settings) -> str | None:
    """Make `operatore` where there is nobody yet; what to tell about it."""
    from conversations.staff import Staff
    from core.database import Database

    database = Database(settings.database)
    database.migrate()
    staff = Staff(database)
    if not staff.is_empty():
        return None
    chosen = settings.first_password
    password = chosen.get_secret_value() if chosen else secrets.token_urlsafe(9)
    ambiti = dict.fromkeys((settings.default_ambito, *((DEMO,) if settings.demo else ())))
    staff.add("operatore", "Operatore", password, list(ambiti))
    shown = "the one in FIRST_PASSWORD" if chosen else password
    return (
        f"First operator: username `operatore`, password `{shown}`.\n"
        "It is shown this once; add others with `.venv/bin/approdo staff add`."
    )


@app.command()
@fails_clearly
def run() -> None:
    """Train what changed, start Rasa and the services, print the addresses, run until Ctrl-C."""
    from approdo.knowledge import knowledge_store
    from approdo.supervisor import supervise
    from approdo.training import train as train_all

    settings = get_settings()
    say("Approdo: checking what has changed")
    model = train_all(settings, say, knowledge_store(settings, say).tree())
    told = first_operator(settings)
    if told:
        say(told)
    supervise(settings, model, say)


@app.command()
@fails_clearly
def serve() -> None:
    """Start the services alone; Rasa must run elsewhere (RASA_PORT or RASA_URL)."""
    import uvicorn

    settings = get_settings()
    uvicorn.run(
        "approdo.app:build",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=3,
        server_header=False,
    )


@app.command()
@fails_clearly
def train(force: Annotated[bool, typer.Option(help="also when nothing has changed")] = False) -> None:
    """Train Rasa and the topic finder where what they depend on has changed."""
    from approdo.training import train as train_all

    say(f"Rasa's model: {train_all(get_settings(), say, force=force)}")


@app.command()
@fails_clearly
def evaluate(
    questions: Annotated[Path, typer.Argument(help="lines {lang, kind, text, expected, script?}")],
    out: Annotated[Path | None, typer.Option(help="where the JSON goes; else var/evaluation.json")] = None,
) -> None:
    """Put every question through the whole system, each in a conversation of its own; print a table, write JSON."""
    from approdo.evaluate import evaluate_file

    if not questions.is_file():
        raise ContentError("there is no such file; say `make evaluate QUESTIONS=file.jsonl`", questions)
    settings = get_settings()
    say(evaluate_file(settings, questions, out or settings.var_dir / "evaluation.json", say))


@app.command()
@fails_clearly
def lint() -> None:
    """Style, types and content."""
    from approdo.checks import lint as lint_all

    lint_all(say)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@fails_clearly
def test(context: typer.Context) -> None:
    """Everything that CI runs; further arguments go to pytest."""
    from approdo.checks import test as test_all

    test_all(get_settings(), say, context.args)


@app.command()
@fails_clearly
def bench() -> None:
    """Latency, throughput, start-up, memory; a table, and JSON under var/."""
    from benchmarks.run import bench as bench_all

    say(bench_all(get_settings(), say))


@app.command()
@fails_clearly
def screenshots(folder: Annotated[Path, typer.Option(help="where the pictures go")] = Path("docs/images")) -> None:
    """Make the pictures of the README, from the running application."""
    from approdo.screenshots import take

    take(get_settings(), folder, say)


@app.command()
def secret() -> None:
    """Print a new secret, good for ENCRYPTION_KEY and the others."""
    from core.crypto import new_secret

    say(new_secret())


@staff_app.command("add")
@fails_clearly
def staff_add(
    username: str,
    name: Annotated[str, typer.Option(help="the name that migrants see")],
    ambito: Annotated[list[str] | None, typer.Option(help="may be given again; else the default one")] = None,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """Add an operator."""
    from approdo.knowledge import knowledge_store
    from conversations.staff import Staff
    from core.database import Database
    from knowledge.base import KnowledgeBase

    settings = get_settings()
    base = KnowledgeBase.of(knowledge_store(settings, say).tree(), demo=settings.demo)
    ambiti = [base.check_ambito(each) for each in ambito or [settings.default_ambito]]
    database = Database(settings.database)
    database.migrate()
    operator = Staff(database).add(username, name, password, ambiti)
    say(f"Added {operator.username} ({operator.name}) for {', '.join(sorted(operator.ambiti))}.")
