"""These tests run in Rasa's environment, with unittest; pytest, in the services' own, leaves them alone.

bot/.venv/bin/python -m unittest discover -s tests/bot -t .
"""

collect_ignore_glob = ["test_*.py"]
