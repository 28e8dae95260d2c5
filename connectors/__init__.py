"""One folder a channel. A connector knows its channel and the conversations, and nothing of Rasa."""
