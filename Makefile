# Every target does its own set-up; nothing needs to be installed first but Python 3.11 or newer and make.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check lint types contracts data torture bench lock clean

help: ## List what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(VENV)/runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/development: $(VENV)/runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock
	touch $@

demo: $(VENV)/runtime ## Crawl the bundled sample press, tag it and write a digest
	@$(BIN)/svwatch demo

test: $(VENV)/development ## Pass the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint types contracts data test ## Lint, types, import contracts, data files and tests

lint: $(VENV)/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/development
	$(BIN)/mypy

contracts: $(VENV)/development
	$(BIN)/lint-imports

data: $(VENV)/runtime
	$(BIN)/svwatch gold check

torture: $(VENV)/development ## The fault and attack checks at their full counts (long)
	$(BIN)/python -m pytest -n 2 -m torture --timeout 3600

bench: $(VENV)/development ## Benchmarks: ratios measured in one run
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/tagging.py

lock: ## Pin the newest allowed versions, with hashes (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header requirements.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean: ## Remove the virtual environment and what the demo wrote
	rm -rf $(VENV) demo
