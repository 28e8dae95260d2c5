"""What every command of `approdo` shares: how it speaks, and how it fails."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import typer

from core.errors import ApprodoError

P = ParamSpec("P")
R = TypeVar("R")


def say(text: str) -> None:
    """One line for the person at the terminal, at once."""
    print(text, flush=True)


def fails_clearly(command: Callable[P, R]) -> Callable[P, R]:
    """An error of ours is one clear sentence and exit status 1, not a traceback."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ApprodoError as error:
            print(f"approdo: {error}", file=sys.stderr)
            raise typer.Exit(1) from None

    return guarded
