"""The knowledge base: documents, and the history of every change."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """knowledge/tables.py says what each column holds."""
    op.create_table(
        "kb_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
    )
    op.create_table(
        "kb_documents",
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("change_id", sa.Integer, sa.ForeignKey("kb_changes.id"), nullable=False),
    )
    op.create_table(
        "kb_revisions",
        sa.Column("change_id", sa.Integer, sa.ForeignKey("kb_changes.id"), primary_key=True),
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("text", sa.Text),
    )
    op.create_index("ix_kb_revisions_path_change_id", "kb_revisions", ["path", "change_id"])
    op.create_table(
        "kb_shipped",
        sa.Column("path", sa.String(200), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Nothing else depends on these tables; what editors changed is lost with them."""
    for table in ("kb_shipped", "kb_revisions", "kb_documents", "kb_changes"):
        op.drop_table(table)
