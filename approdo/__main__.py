"""`python -m approdo` is the `approdo` command."""

from approdo.cli import app

app()
