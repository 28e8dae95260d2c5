"""What `/metrics` counts, for Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter("approdo_messages_received_total", "Messages written down", ["channel"])
TURNS = Counter("approdo_turns_total", "Turns by how they ended", ["outcome"])
ANSWERS = Counter("approdo_answers_total", "Answers of the knowledge base", ["outcome", "language"])
TURN_SECONDS = Histogram(
    "approdo_turn_seconds", "From lease to commit", buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
)
INBOX_WAITING = Gauge("approdo_inbox_waiting", "Messages not finished")
QUEUE_WAITING = Gauge("approdo_queue_waiting", "Conversations that wait for a person", ["ambito"])
