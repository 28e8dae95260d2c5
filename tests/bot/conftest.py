"""These tests run in Rasa's environment, with unittest: `make test-bot`. Pytest, in the services' own, leaves them."""

collect_ignore_glob = ["test_*.py"]
