# What one types here. `make help` lists it.
.DEFAULT_GOAL := help
BIN := .venv/bin
.PHONY: help setup up demo down status reset lint test guarantees bench collector screens

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## the environment in .venv, exactly as requirements.lock says
	@sh deploy/setup.sh

up: setup ## start everything here and wait until it is ready (DEMO=0: without demo accounts)
	@$(BIN)/mingjing up

demo: up ## a made-up month on the running platform, in minutes (SEED=n: another one)
	@$(BIN)/mingjing demo month $(if $(SEED),--seed $(SEED))

down: ## stop everything, in order; data stay
	@$(BIN)/mingjing down

status: ## how every process is; fails unless all are ready
	@$(BIN)/mingjing status

reset: ## stop everything and delete all data, keys and accounts
	@$(BIN)/mingjing reset --yes

lint: setup ## style, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy shared deploy services
	@$(BIN)/lint-imports

test: lint ## every promise, with a broker and a database of its own
	@$(BIN)/pytest tests -m "not full"

guarantees: setup ## the full storm of kills: nothing lost, nothing twice (up to an hour)
	@$(BIN)/pytest tests/guarantees -m full

bench: setup ## how fast, beside the bare minimum on the same machine
	@for bench in tests/bench/*.py; do echo "== $$bench"; $(BIN)/python "$$bench" || exit 1; done

collector: setup ## the collector's settings before a real collector (takes Go and some minutes)
	@$(BIN)/python tests/collector/check.py

screens: setup ## a picture of every page with data, into docs/screens
	@MINGJING_SCREENS=docs/screens $(BIN)/pytest tests/journeys/test_faults.py tests/journeys/test_thread.py tests/journeys/test_without_barriers.py -q
