"""Conversations, messages, inbox, outbox, events, staff."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The first release's tables; conversations/tables.py says what each column holds."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(128), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("ambito", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("operator_id", sa.Integer),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("waiting_since", sa.BigInteger),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("context", sa.JSON, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("account", "contact"),
    )
    op.create_index("ix_conversations_ambito_owner", "conversations", ["ambito", "owner"])
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("sender", sa.String(10), nullable=False),
        sa.Column("author", sa.String(80)),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("command", sa.String(400)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_attempt_at", sa.BigInteger),
        sa.Column("available_at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.UniqueConstraint("account", "external_id"),
    )
    op.create_index("ix_inbox_state_conversation_id", "inbox", ["state", "conversation_id", "id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("available_at", sa.BigInteger, nullable=False),
        sa.Column("error", sa.String(400)),
        sa.UniqueConstraint("conversation_id", "seq"),
        sa.UniqueConstraint("conversation_id", "idempotency_key"),
    )
    op.create_index("ix_outbox_state_available_at", "outbox", ["state", "available_at"])
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_index("ix_events_conversation_id", "events", ["conversation_id", "id"])
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("username", sa.String(40), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("ambiti", sa.JSON, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    # Written by the readiness check: a database that cannot be written is not ready.
    op.create_table("health", sa.Column("at", sa.BigInteger, nullable=False))


def downgrade() -> None:
    """There is nothing before the first release."""
    raise NotImplementedError("There is nothing before the first release: restore a backup instead.")
