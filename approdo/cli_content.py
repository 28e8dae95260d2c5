"""`approdo ambito|desk|entry new`: the first files of something new, in `knowledge/content/`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from approdo.terminal import fails_clearly, say
from knowledge.tree import CONTENT

ambito_app = typer.Typer(no_args_is_help=True, help="The ambiti: the areas that desks and local answers belong to.")
desk_app = typer.Typer(no_args_is_help=True, help="The desks (sportelli) of an ambito.")
entry_app = typer.Typer(no_args_is_help=True, help="The answers that are a territory's own.")
Into = Annotated[Path, typer.Option(help="the folder of documents")]


def _write(documents: dict[str, str], into: Path) -> None:
    for name, text in documents.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_bytes(text.encode())
        say(f"wrote {into / name}")


@ambito_app.command("new")
@fails_clearly
def ambito_new(
    ambito: Annotated[str, typer.Argument(help="its id: small letters, digits, hyphens")],
    name: Annotated[str, typer.Option(help="the name that people know it by")],
    comuni: Annotated[str, typer.Option(help='its comuni, with commas: "Tirano, Aprica"')] = "",
    parent: Annotated[str, typer.Option(help="the region it lies in")] = "lombardia",
    into: Into = CONTENT,
) -> None:
    """Make a new ambito."""
    from knowledge.base import KnowledgeBase
    from knowledge.scaffold import new_ambito

    base = KnowledgeBase.read(into, demo=True)
    names = [each.strip() for each in comuni.split(",") if each.strip()]
    _write(new_ambito(base, ambito, name, parent, names), into)
    say(
        f"Next: its desks (`approdo desk new {ambito} …`) and what is different there (`approdo entry new {ambito} …`)."
    )


@ambito_app.command("list")
@fails_clearly
def ambito_list(into: Into = CONTENT) -> None:
    """List the ambiti: comuni, desks, entries of their own."""
    from knowledge.base import KnowledgeBase

    base = KnowledgeBase.read(into, demo=True)
    for ambito in base.ambiti:
        desks = sum(desk.territory == ambito for desk in base.desks)
        entries = sum(entry.territory == ambito for entry in base.entries)
        answered = sum(base.entry(topic, ambito) is not None for topic in base.topics)
        say(
            f"{ambito}: {base.ambito_name(ambito)}, {len(base.comuni(ambito))} comuni, {desks} desks, "
            f"{entries} entries of its own, {answered} of {len(base.topics)} topics answered"
        )


@desk_app.command("new")
@fails_clearly
def desk_new(
    ambito: str,
    desk: Annotated[str, typer.Argument(help="its id: small letters, digits, hyphens")],
    name: Annotated[str, typer.Option(help="as on the door")],
    source: Annotated[str, typer.Option(help="who or which page says so")],
    kind: Annotated[str, typer.Option(help="what it is; `other` if no word fits")] = "sportello-stranieri",
    comune: Annotated[str | None, typer.Option(help="the id of its comune in territory.yml")] = None,
    address: str | None = None,
    phone: Annotated[str | None, typer.Option(help="digits in groups: +39 0342 000 000")] = None,
    email: str | None = None,
    web: str | None = None,
    hours: Annotated[str | None, typer.Option(help='OpenStreetMap\'s syntax: "Mo-Fr 09:00-12:30"')] = None,
    appointment: Annotated[bool, typer.Option("--appointment", help="by appointment only")] = False,
    language: Annotated[list[str] | None, typer.Option(help="a language spoken there; may be given again")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="a topic that it helps with; may be given again")] = None,
    into: Into = CONTENT,
) -> None:
    """Make a new desk from what is known of it; leave out what is not."""
    from knowledge.base import KnowledgeBase
    from knowledge.check_desks import check_desks
    from knowledge.model import Desk
    from knowledge.scaffold import new_desk
    from knowledge.tree import read_tree

    made = Desk(
        id=desk, territory=ambito, name=name, kind=kind, checked_on=date.today(), source=source, comune=comune,
        address=address, phone=phone, email=email, web=web, hours=hours, appointment=appointment,
        languages=tuple(language or ()), topics=tuple(topic or ()),
    )  # fmt: skip
    tree = read_tree(into)
    documents = new_desk(KnowledgeBase.of(tree, demo=True), made)
    findings = [
        finding
        for finding in check_desks(KnowledgeBase.of({**tree, **documents}, demo=True), date.today())
        if finding.place in documents
    ]
    for finding in findings:
        say(str(finding))
    if findings:
        raise typer.Exit(1)
    _write(documents, into)


@entry_app.command("new")
@fails_clearly
def entry_new(
    territory: str,
    topic: Annotated[str, typer.Argument(help="one of those in knowledge/content/topics.yml")],
    adds: Annotated[bool, typer.Option("--adds", help="goes below the farther answer instead of replacing it")] = False,
    into: Into = CONTENT,
) -> None:
    """Make a territory's own entry: a copy to change, or with --adds a text to write."""
    from knowledge.base import KnowledgeBase
    from knowledge.scaffold import new_entry

    _write(new_entry(KnowledgeBase.read(into, demo=True), territory, topic, date.today(), adds=adds), into)
    say("Write the Italian (it.md), name the sources in entry.yml, then say `approdo kb check`.")
