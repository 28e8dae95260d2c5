import asyncio

from conversations.bot import Question, Reply
from conversations.inbox import Inbox, Work
from conversations.intake import Intake
from conversations.model import Conversation, Draft
from conversations.ownership import Ownership
from conversations.staff import Operator
from conversations.store import Store
from conversations.turn import Turns
from core.errors import BotUnavailable
from tests.conftest import ScriptedBot, bot_reply


def turns(store: Store, inbox: Inbox, ownership: Ownership, bot: object, **options: object) -> Turns:
    return Turns(store, inbox, ownership, bot, **options)  # type: ignore[arg-type]


def next_work(inbox: Inbox) -> Work:
    (work,) = inbox.lease(1)
    return work


def senders(store: Store, conversation: Conversation) -> list[str]:
    return [m.sender for m in store.messages_after(conversation.id)]


def test_a_reply_is_committed_with_its_outbox_row(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    intake.receive(conversation.id, "a", "domanda")
    bot = ScriptedBot([bot_reply("ecco")])
    assert asyncio.run(turns(store, inbox, ownership, bot).take(next_work(inbox))) == "replied"
    assert senders(store, conversation) == ["user", "bot"]
    with store.database.read() as tx:
        assert tx.connection.exec_driver_sql("select seq, state from outbox").all() == [(2, "pending")]
    assert inbox.lease(1) == []
    assert store.get(conversation.id).context["turns"] == 1


def test_bot_paused_in_mid_reply_and_taken_over_says_nothing(
    store: Store,
    inbox: Inbox,
    ownership: Ownership,
    intake: Intake,
    conversation: Conversation,
    operators: tuple[Operator, Operator],
) -> None:
    class Slow:
        async def reply(self, question: Question) -> list[Reply]:
            await asyncio.to_thread(ownership.claim, conversation.id, operators[0])
            return [bot_reply("troppo tardi")]

    intake.receive(conversation.id, "a", "domanda")
    assert asyncio.run(turns(store, inbox, ownership, Slow()).take(next_work(inbox))) == "superseded"
    assert senders(store, conversation) == ["user", "system"]
    assert "discarded" in [event["kind"] for event in store.events_of(conversation.id)]


def test_a_reply_from_before_a_handover_and_back_is_not_said(
    store: Store,
    inbox: Inbox,
    ownership: Ownership,
    intake: Intake,
    conversation: Conversation,
    operators: tuple[Operator, Operator],
) -> None:
    intake.receive(conversation.id, "a", "domanda")
    work = next_work(inbox)
    ownership.claim(conversation.id, operators[0])
    ownership.return_to_bot(conversation.id, operators[0])
    outcome = turns(store, inbox, ownership, ScriptedBot([])).commit(work, conversation.epoch, [bot_reply("vecchia")])
    assert outcome == "superseded"
    assert "bot" not in senders(store, conversation)


def test_rasa_is_not_called_while_a_person_owns_it(
    store: Store,
    inbox: Inbox,
    ownership: Ownership,
    intake: Intake,
    conversation: Conversation,
    operators: tuple[Operator, Operator],
) -> None:
    ownership.claim(conversation.id, operators[0])
    bot = ScriptedBot([bot_reply()])
    for external, text in (("a", "/restart"), ("b", "/greet"), ("c", "ciao bot")):
        intake.receive(conversation.id, external, text)
        assert asyncio.run(turns(store, inbox, ownership, bot).take(next_work(inbox))) == "for_people"
    assert bot.asked == []
    assert store.get(conversation.id).owner == "operator"


def test_typed_slash_reaches_rasa_as_text(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    bot = ScriptedBot([bot_reply()])
    intake.receive(conversation.id, "a", "/restart")
    asyncio.run(turns(store, inbox, ownership, bot).take(next_work(inbox)))
    assert bot.asked[0].message == "restart"


def test_bot_that_keeps_failing_ends_in_the_queue_and_says_so(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    bot = ScriptedBot(BotUnavailable("Rasa answered nothing"))
    taking = turns(store, inbox, ownership, bot, attempts=2)
    intake.receive(conversation.id, "a", "domanda")
    work = next_work(inbox)
    assert asyncio.run(taking.take(work)) == "retry"
    inbox.retry(work, 0)
    assert asyncio.run(taking.take(next_work(inbox))) == "failed"
    now = store.get(conversation.id)
    assert (now.owner, now.reason) == ("queue", "bot_failed")
    last = store.messages_after(conversation.id)[-1]
    assert (last.sender, last.details["outcome"]) == ("system", "handoff")


def test_a_bot_that_is_starting_is_waited_for(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    bot = ScriptedBot(BotUnavailable("not there", down=True))
    intake.receive(conversation.id, "a", "domanda")
    work = next_work(inbox)
    patient = turns(store, inbox, ownership, bot, attempts=1, patience_seconds=60)
    assert asyncio.run(patient.take(work)) == "retry"
    hasty = turns(store, inbox, ownership, bot, attempts=9, patience_seconds=0)
    assert asyncio.run(hasty.take(work)) == "failed"


def test_a_handoff_puts_the_conversation_in_the_queue_with_the_reply(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    intake.receive(conversation.id, "a", "una persona")
    bot = ScriptedBot([bot_reply("arriva", handoff="asked", outcome="handoff")])
    asyncio.run(turns(store, inbox, ownership, bot).take(next_work(inbox)))
    now = store.get(conversation.id)
    assert (now.owner, now.reason, now.epoch) == ("queue", "asked", 1)
    assert now.waiting_since is not None


def test_who_waits_and_tells_of_danger_is_told_whom_to_call(
    store: Store, inbox: Inbox, ownership: Ownership, intake: Intake, conversation: Conversation
) -> None:
    with store.database.write() as tx:
        ownership.enqueue(tx, conversation, "asked")
    heard = []

    def alarm(text: str, language: str | None, ambito: str) -> Draft | None:
        heard.append((text, language, ambito))
        return Draft("system", "Chiama il 112") if "picchia" in text else None

    taking = turns(store, inbox, ownership, ScriptedBot([]), alarm=alarm)
    for external, text in (("a", "ci siete?"), ("b", "mi picchia")):
        intake.receive(conversation.id, external, text)
        asyncio.run(taking.take(next_work(inbox)))
    assert heard == [("ci siete?", "it", "sondrio"), ("mi picchia", "it", "sondrio")]
    assert [m.text for m in store.messages_after(conversation.id)][-1] == "Chiama il 112"
    assert store.get(conversation.id).urgent
