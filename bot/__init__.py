"""What runs inside Rasa, in its own environment (Python 3.10)."""
