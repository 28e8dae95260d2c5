"""One turn: a message leaves the inbox, and in the same transaction the reply enters the outbox."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from conversations.bot import Question, Reply
from conversations.inbox import Inbox, Work
from conversations.model import Conversation, Draft
from conversations.ownership import Ownership
from conversations.store import Store
from core.clock import now_ms
from core.errors import BotUnavailable
from core.locales import say, spoken

logger = structlog.get_logger()

# Between the attempts of a turn that fails: long enough for a hiccup, short enough for somebody who waits.
RETRY_MS = (400, 1200, 2500)


class Answers(Protocol):
    """What a turn needs of the bot."""

    async def reply(self, question: Question) -> list[Reply]:
        """At least one reply, or `BotUnavailable`."""


# Text, language and ambito of a message that the bot does not read -> what to say if it tells of danger.
Alarm = Callable[[str, str | None, str], Draft | None]


class Turns:
    """Takes turns. `alarm` looks at what people write while they wait for a person (invariant 7)."""

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        ownership: Ownership,
        bot: Answers,
        *,
        attempts: int = 3,
        patience_seconds: float = 30,
        alarm: Alarm | None = None,
    ) -> None:
        self.store, self.inbox, self.ownership, self.bot = store, inbox, ownership, bot
        self.attempts, self.patience_ms = attempts, patience_seconds * 1000
        self.alarm = alarm

    async def take(self, work: Work) -> str:
        """Deal with one message; returns how it ended: replied, superseded, for_people, failed or retry."""
        conversation, text = await asyncio.to_thread(self._read, work)
        if conversation.owner != "bot":
            return await asyncio.to_thread(self._leave_to_people, work, conversation, text)
        question = Question(
            conversation.id, conversation.epoch, text, work.command,
            conversation.language, conversation.ambito, conversation.context,
        )  # fmt: skip
        try:
            replies = await self.bot.reply(question)
        except BotUnavailable as error:
            return await asyncio.to_thread(self._failed, work, conversation, error)
        return await asyncio.to_thread(self.commit, work, conversation.epoch, replies)

    def _read(self, work: Work) -> tuple[Conversation, str]:
        with self.store.database.read() as tx:
            return self.store.find(tx, work.conversation_id), self.store.text_of(tx, work.conversation_id, work.seq)

    def commit(self, work: Work, epoch: int, replies: list[Reply]) -> str:
        """Write the replies, unless the conversation has changed hands since `epoch`: then nothing is said."""
        with self.store.database.write() as tx:
            conversation = self.store.find(tx, work.conversation_id)
            if conversation.owner != "bot" or conversation.epoch != epoch:
                self.store.record(tx, conversation, "discarded", "bot", seq=work.seq)
                self.inbox.finish(tx, work, "superseded")
                return "superseded"
            context = {**conversation.context, "turns": conversation.context.get("turns", 0) + 1}
            for reply in replies:
                self.store.post(tx, conversation, reply.draft)
                context |= reply.effects.context
            urgent = any(reply.effects.urgent for reply in replies)
            conversation = self.store.change(
                tx, conversation,
                language=replies[-1].effects.language or conversation.language,
                context=context, urgent=urgent or conversation.urgent,
            )  # fmt: skip
            if urgent:
                self.store.record(tx, conversation, "urgent", "bot", seq=work.seq)
            reason = next((reply.effects.handoff for reply in replies if reply.effects.handoff), None)
            if reason:
                self.ownership.enqueue(tx, conversation, reason, urgent=urgent)
            self.inbox.finish(tx, work, "replied")
        return "replied"

    def _leave_to_people(self, work: Work, conversation: Conversation, text: str) -> str:
        """Rasa is not called. Who waits in the queue and tells of danger is still told whom to call."""
        waits = conversation.owner == "queue" and self.alarm is not None
        draft = self.alarm(text, conversation.language, conversation.ambito) if waits and self.alarm else None
        with self.store.database.write() as tx:
            conversation = self.store.find(tx, conversation.id)
            if draft is not None and conversation.owner == "queue":
                self.store.post(tx, conversation, draft)
                conversation = self.store.change(tx, conversation, urgent=True)
                self.store.record(tx, conversation, "urgent", "system", seq=work.seq)
            self.inbox.finish(tx, work, "for_people")
        return "for_people"

    def _failed(self, work: Work, conversation: Conversation, error: BotUnavailable) -> str:
        """Try again while there is hope; then a person (invariant 5)."""
        waited = now_ms() - work.first_attempt_at
        hope = waited < self.patience_ms if error.down else work.attempts < self.attempts
        logger.warning(
            "turn_failed", conversation=conversation.id, attempt=work.attempts, reason=str(error), again=hope
        )
        if hope:
            self.inbox.retry(work, RETRY_MS[min(work.attempts, len(RETRY_MS)) - 1])
            return "retry"
        return self.give_up(work)

    def give_up(self, work: Work) -> str:
        """No turn will come of this message: say so, and call a person."""
        with self.store.database.write() as tx:
            conversation = self.store.find(tx, work.conversation_id)
            if conversation.owner == "bot":
                details = {"language": spoken(conversation.language), "outcome": "handoff", "provenance": "system"}
                text = say("system.bot_failed", conversation.language)
                self.store.post(tx, conversation, Draft("system", text, details=details))
                self.ownership.enqueue(tx, conversation, "bot_failed", actor="system")
            self.inbox.finish(tx, work, "failed")
        return "failed"
