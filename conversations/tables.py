"""The tables of conversations. Times are milliseconds since 1970 in UTC; texts of messages are sealed (core/crypto)."""

import sqlalchemy as sa

from core.database import metadata

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),  # web, telegram, whatsapp
    sa.Column("account", sa.String(64), nullable=False),  # which bot, number or site of that channel
    sa.Column("contact", sa.String(128), nullable=False),  # who, in that account
    sa.Column("token_hash", sa.String(64)),  # web: SHA-256 of the bearer token
    sa.Column("ambito", sa.String(64), nullable=False),
    sa.Column("language", sa.String(2)),  # None until a message or the person says
    sa.Column("owner", sa.String(10), nullable=False),  # bot | queue | operator
    sa.Column("operator_id", sa.Integer),  # who, where the owner is an operator
    sa.Column("epoch", sa.Integer, nullable=False),  # counts the changes of owner
    sa.Column("state", sa.String(10), nullable=False),  # open | closed
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(40)),  # why it is or was in the queue
    sa.Column("waiting_since", sa.BigInteger),  # when it entered the queue
    sa.Column("last_seq", sa.Integer, nullable=False),  # of the newest message
    sa.Column("context", sa.JSON, nullable=False),  # what the dialogue is about; see conversations/bot.py
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("updated_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("account", "contact"),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),  # 1, 2, 3 … within the conversation, no gaps
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("sender", sa.String(10), nullable=False),  # user | bot | operator | system
    sa.Column("author", sa.String(80)),  # the name that an operator shows
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),  # buttons, language, outcome, topics, source, provenance …
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("external_id", sa.String(200), nullable=False),  # the channel's id of the message
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("command", sa.String(400)),  # what a pressed button means to Rasa
    sa.Column("state", sa.String(10), nullable=False),  # pending | leased | done
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("first_attempt_at", sa.BigInteger),
    sa.Column("available_at", sa.BigInteger, nullable=False),  # not before
    sa.Column("outcome", sa.String(20)),  # replied | superseded | for_people | failed
    sa.UniqueConstraint("account", "external_id"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("idempotency_key", sa.String(200)),  # an operator's client names each reply once
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),  # pending | sent | delivered | failed
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("available_at", sa.BigInteger, nullable=False),
    sa.Column("error", sa.String(400)),
    sa.UniqueConstraint("conversation_id", "seq"),
    sa.UniqueConstraint("conversation_id", "idempotency_key"),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("conversation_id", sa.ForeignKey("conversations.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),  # opened queued claimed released returned closed discarded
    sa.Column("actor", sa.String(80), nullable=False),  # a username, or bot, user, system
    sa.Column("epoch", sa.Integer, nullable=False),  # after the event
    sa.Column("data", sa.JSON, nullable=False),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("username", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(80), nullable=False),  # what migrants see
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("ambiti", sa.JSON, nullable=False),  # ids of the ambiti whose conversations they see
    sa.Column("active", sa.Boolean, nullable=False),
)

# Written by the readiness check: a database that cannot be written is not ready.
health = sa.Table("health", metadata, sa.Column("at", sa.BigInteger, nullable=False))
