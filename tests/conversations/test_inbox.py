from conversations.inbox import Inbox
from conversations.intake import Intake
from conversations.model import Conversation
from conversations.store import Store


def test_one_message_of_a_conversation_at_a_time_in_order(
    intake: Intake, inbox: Inbox, store: Store, conversation: Conversation
) -> None:
    other, _ = store.open("web", "web", "sondrio", None)
    for external in "abc":
        intake.receive(conversation.id, external, external)
    intake.receive(other.id, "d", "d")
    leased = inbox.lease(10)
    assert [(w.conversation_id, w.seq) for w in leased] == [(conversation.id, 1), (other.id, 1)]
    assert inbox.lease(10) == []
    with store.database.write() as tx:
        inbox.finish(tx, leased[0], "replied")
    assert [(w.conversation_id, w.seq) for w in inbox.lease(10)] == [(conversation.id, 2)]


def test_a_retry_waits_for_its_time_and_holds_back_what_follows(
    intake: Intake, inbox: Inbox, conversation: Conversation
) -> None:
    intake.receive(conversation.id, "a", "a")
    intake.receive(conversation.id, "b", "b")
    (work,) = inbox.lease(10)
    inbox.retry(work, 60_000)
    assert inbox.lease(10) == []
    inbox.retry(work, 0)
    (again,) = inbox.lease(10)
    assert (again.seq, again.attempts) == (1, 2)
    assert again.first_attempt_at == work.first_attempt_at


def test_what_a_killed_process_had_leased_is_found_at_the_next_start(
    intake: Intake, inbox: Inbox, conversation: Conversation
) -> None:
    intake.receive(conversation.id, "a", "a")
    assert len(inbox.lease(10)) == 1
    assert inbox.lease(10) == []
    assert inbox.recover() == 1
    (work,) = inbox.lease(10)
    assert work.attempts == 1
    assert inbox.waiting() == 1
