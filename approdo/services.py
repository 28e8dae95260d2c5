"""Everything the application is made of, built once from the settings."""

import asyncio
from dataclasses import dataclass

from actions.shared import answer_from
from approdo.knowledge import open_store
from conversations.bot import Bot
from conversations.desk import Desk
from conversations.inbox import Inbox
from conversations.intake import Intake
from conversations.model import Button, Draft
from conversations.outbox import Outbox, OutboxWorker
from conversations.ownership import Ownership
from conversations.staff import Staff
from conversations.store import Store
from conversations.turn import Turns
from conversations.worker import InboxWorker
from core.crypto import cipher_for
from core.database import Database
from core.events import Bus
from core.locales import locales
from core.settings import Settings
from knowledge.answers import Answer
from knowledge.encoder import encoder_for
from knowledge.live import LiveKnowledge


def as_draft(answer: Answer) -> Draft:
    """An answer of the knowledge base as a message of the system."""
    buttons = tuple(Button(choice.title, choice.payload) for choice in answer.buttons)
    return Draft("system", answer.text, buttons=buttons, details=answer.details)


@dataclass(frozen=True, slots=True)
class Services:
    """The parts, wired."""

    settings: Settings
    bus: Bus
    database: Database
    store: Store
    intake: Intake
    inbox: Inbox
    outbox: Outbox
    ownership: Ownership
    desk: Desk
    staff: Staff
    bot: Bot
    turns: Turns
    knowledge: LiveKnowledge

    @classmethod
    def build(cls, settings: Settings) -> "Services":
        """Read the knowledge base, open the database, bring its schema up to date."""
        locales()  # a broken file stops the start, not a conversation
        bus = Bus()
        database = Database(settings.database, bus)
        database.migrate()
        knowledge = LiveKnowledge(
            open_store(database), settings.models, encoder_for(settings), demo=settings.demo
        )  # fmt: skip
        knowledge.base.check_ambito(settings.default_ambito)
        answer_from(knowledge.answerer)
        store = Store(database, cipher_for(settings))
        ownership = Ownership(store, lambda ambito: knowledge.base.ambito_name(ambito))
        inbox = Inbox(database)
        token = settings.bot_token.get_secret_value() if settings.bot_token else None
        bot = Bot(settings.rasa, token, settings.rasa_timeout_seconds)

        def alarm(text: str, language: str | None, ambito: str) -> Draft | None:
            answer = knowledge.answerer().alarm(text, language or "it", ambito)
            return as_draft(answer) if answer else None

        turns = Turns(
            store, inbox, ownership, bot,
            attempts=settings.bot_attempts, patience_seconds=settings.bot_patience_seconds, alarm=alarm,
        )  # fmt: skip
        return cls(
            settings=settings, bus=bus, database=database, store=store, intake=Intake(store), inbox=inbox,
            outbox=Outbox(store), ownership=ownership, desk=Desk(store), staff=Staff(database), bot=bot, turns=turns,
            knowledge=knowledge,
        )  # fmt: skip

    def start(self) -> list[asyncio.Task[None]]:
        """Take back what a killed process had leased, and start the workers on the running loop."""
        self.bus.attach(asyncio.get_running_loop())
        self.inbox.recover()
        workers = [InboxWorker(self.bus, self.inbox, self.turns).run()]
        # The web chat is fetched from; the channels that are sent to register here.
        workers.append(OutboxWorker(self.outbox, {}).run())
        return [asyncio.create_task(worker) for worker in workers]

    async def stop(self, tasks: list[asyncio.Task[None]]) -> None:
        """Stop the workers; what they had under way is found again at the next start."""
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.bot.close()
        self.database.close()
