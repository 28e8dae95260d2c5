.DEFAULT_GOAL := help
.PHONY: help setup run train test lint evaluate bench screenshots lock

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## create the two environments, if they are missing
	@python3 bootstrap.py

run: setup ## set up, train what changed, start everything, print the addresses (DEMO=1: an invented ambito too)
	@DEMO=$(DEMO) .venv/bin/approdo run

train: setup ## train Rasa and the topic finder, also when nothing changed
	@.venv/bin/approdo train --force

test: ## set up what is missing and pass the tests (lint and types included)
	@python3 bootstrap.py test
	@.venv/bin/approdo test

lint: setup ## ruff, mypy and the checks of the content
	@.venv/bin/approdo lint

evaluate: setup ## QUESTIONS=file.jsonl: put them through the whole system; a table, and JSON under var/
	@.venv/bin/approdo evaluate "$(QUESTIONS)"

bench: setup ## latency, throughput, start-up, memory
	@.venv/bin/approdo bench

screenshots: ## the pictures of the README, from the running application
	@python3 bootstrap.py test
	@.venv/bin/approdo screenshots

lock: ## resolve the two environments anew
	@python3 bootstrap.py lock
