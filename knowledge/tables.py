"""The tables of the knowledge base: the documents as they are, and every change that made them so.

A document is one text, in the form that knowledge/tree.py describes: what editors read, what files hold and what the
store keeps is the same, so nothing is lost between them. Times are milliseconds since 1970 in UTC.
"""

import sqlalchemy as sa

from core.database import metadata

changes = sa.Table(
    "kb_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),  # the version of the knowledge base that the change made
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("origin", sa.String(10), nullable=False),  # shipped | import | edit
    sa.Column("reason", sa.String(400), nullable=False),
)

documents = sa.Table(
    "kb_documents",
    metadata,
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("change_id", sa.ForeignKey("kb_changes.id"), nullable=False),  # the change that it stems from
)

revisions = sa.Table(
    "kb_revisions",
    metadata,
    sa.Column("change_id", sa.ForeignKey("kb_changes.id"), primary_key=True),
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("text", sa.Text),  # None: the document was taken away
    sa.Index("ix_kb_revisions_path_change_id", "path", "change_id"),
)

# What this release brought, document by document: what nobody has touched since is brought up to date by the next one.
shipped = sa.Table(
    "kb_shipped",
    metadata,
    sa.Column("path", sa.String(200), primary_key=True),
    sa.Column("hash", sa.String(64), nullable=False),  # SHA-256 of the text
)
