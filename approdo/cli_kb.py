"""`approdo kb …`: look after the knowledge base, in files, in the store, in spreadsheets."""

from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from approdo.terminal import fails_clearly, say
from core.clock import italian_time
from core.settings import get_settings
from knowledge.tree import CONTENT

kb_app = typer.Typer(no_args_is_help=True, help="The knowledge base: check it, import, export, history.")
Folder = Annotated[Path, typer.Argument(help="a folder of documents")]


@kb_app.command("check")
@fails_clearly
def kb_check(
    folder: Folder = CONTENT,
    store: Annotated[bool, typer.Option("--store", help="the running knowledge base instead of files")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="fail for warnings too")] = False,
) -> None:
    """Check the content: languages, lengths, numbers, reading level, dates, desks. Exit status 1 if any is wrong."""
    from approdo.knowledge import knowledge_store
    from knowledge.base import KnowledgeBase
    from knowledge.check import check, check_form
    from knowledge.tree import read_tree

    tree = knowledge_store(get_settings(), say).tree() if store else read_tree(folder)
    base = KnowledgeBase.of(tree, demo=True)
    findings = [*check_form(tree), *check(base)]
    for finding in findings:
        say(str(finding))
    warnings = sum(finding.warning for finding in findings)
    say(
        f"{len(base.topics)} topics, {len(base.entries)} entries, {len(base.desks)} desks, "
        f"{len(base.questions())} questions: {len(findings) - warnings} findings, {warnings} warnings."
    )
    if len(findings) > (0 if strict else warnings):
        raise typer.Exit(1)


@kb_app.command("format")
@fails_clearly
def kb_format(folder: Folder = CONTENT) -> None:
    """Write every document in the one form that the check asks for."""
    from knowledge.tree import canonical, read_tree, write_tree

    tree = read_tree(folder)
    formatted = {path: canonical(path, text) for path, text in tree.items()}
    write_tree(formatted, folder)
    say(f"{sum(tree[path] != formatted[path] for path in tree)} documents written anew.")


@kb_app.command("export")
@fails_clearly
def kb_export(
    to: Annotated[Path, typer.Argument(help="a new folder, or a file that ends in .xlsx")],
    csv: Annotated[bool, typer.Option("--csv", help="a folder of CSV tables")] = False,
) -> None:
    """Write the running knowledge base down: as documents, as XLSX, or as CSV."""
    from approdo.knowledge import knowledge_store
    from knowledge.exchange import export_to

    say(export_to(knowledge_store(get_settings(), say).tree(), to, csv=csv))


@kb_app.command("import")
@fails_clearly
def kb_import(
    source: Annotated[Path, typer.Argument(help="a folder of documents, an .xlsx, a .csv, a folder of them")],
    reason: Annotated[str, typer.Option(help="why, for the history")] = "",
    author: Annotated[str, typer.Option(help="who, for the history; else the user of this machine")] = "",
) -> None:
    """Bring documents or a spreadsheet into the running knowledge base: all of it, or nothing."""
    from approdo.knowledge import knowledge_store
    from knowledge.exchange import import_from

    store = knowledge_store(get_settings(), say)
    say(import_from(store, source, author=author or getuser(), reason=reason or f"Import of {source.name}"))


@kb_app.command("history")
@fails_clearly
def kb_history(path: Annotated[str, typer.Argument(help="like nazionale/permesso-rinnovo/it.md")]) -> None:
    """Who changed a document, when and why; the newest first."""
    from approdo.knowledge import knowledge_store

    revisions = knowledge_store(get_settings(), say).history(path)
    for each in revisions:
        gone = " (taken away)" if each.text is None else ""
        say(f"{each.version}  {italian_time(each.at)}  {each.author}  {each.origin}  {each.reason}{gone}")
    if not revisions:
        say(f"No change of `{path}` is known. Paths are like nazionale/permesso-rinnovo/it.md.")


@kb_app.command("translated")
@fails_clearly
def kb_translated(files: Annotated[list[Path], typer.Argument(help="<lang>.md files", exists=True)]) -> None:
    """Say of translations that they translate today's Italian."""
    from knowledge.translated import mark_translated

    for path in files:
        mark_translated(path)
        say(f"{path}: translates the Italian as it is today")
