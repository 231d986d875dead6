# Two commands matter: `make run` starts the dashboard, `make test` proves it works.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8501
RAW ?= ../shared/raw
VENV := .venv
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet
UV := 0.13.9
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help run dev demo test test-fast check format data bench lock audit sbom hooks clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

# Everything is pinned with its hash in requirements*.txt. uv installs it in seconds; where uv cannot be had, pip does.
install = { $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) || \
	{ echo "uv could not install it; trying pip, which takes about a minute ..."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); }; }

$(VENV)/.run: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found. Install it and run this again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV). On Debian or Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@echo "Installing what the dashboard runs on (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV) || true
	@$(call install,--require-hashes -r requirements.txt)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing what it is checked with (once) ..."
	@$(call install,--require-hashes -r requirements-dev.txt)
	@touch $@

run: $(VENV)/.run ## Start the dashboard on PORT (default 8501)
	@$(BIN)/psc build --if-stale
	@echo "The dashboard is at http://localhost:$(PORT) (stop it with Ctrl+C)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

dev: $(VENV)/.run ## The same, reloading when the code changes
	@$(BIN)/psc build --if-stale
	@exec $(BIN)/streamlit run app.py --server.port $(PORT) --server.fileWatcherType auto --server.runOnSave true

demo: $(VENV)/.dev ## Sign in and write, with a pretend provider and ready users, on PORT
	@$(BIN)/psc build --if-stale
	@exec $(BIN)/python -m psc.demo --port $(PORT)

# The tests start some hundred processes, and each starts quicker where compiled code is kept, whatever is set elsewhere.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.dev ## Run every test, in a real browser too
	@$(BIN)/python -m tests.browser.provide
	@$(BIN)/python -m tests.postgres.provide
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

test-fast: export PYTHONDONTWRITEBYTECODE :=
test-fast: $(VENV)/.dev ## The tests that need no browser and no PostgreSQL
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser and not postgres and not slow"

check: $(VENV)/.dev ## Format, lint, types, import contract, data, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/psc check
	@$(MAKE) --no-print-directory test

format: $(VENV)/.dev ## Format the code and mend what a tool can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

data: $(VENV)/.dev ## Rebuild data/ from the publishers' raw files in RAW
	@$(BIN)/psc data --raw $(RAW)

bench: $(VENV)/.dev ## Measure speed, and how often verdicts are wrong
	@$(BIN)/python -m bench

lock: $(VENV)/.run ## Pin what requirements*.in ask for, and all that it needs, with hashes
	@$(BIN)/uv pip compile $(LOCK) requirements.in -o requirements.txt
	@$(BIN)/uv pip compile $(LOCK) requirements-dev.in -o requirements-dev.txt

audit: $(VENV)/.dev ## Look for known weaknesses in what is pinned (asks PyPI)
	@$(BIN)/pip-audit --disable-pip --require-hashes -r requirements.txt

sbom: $(VENV)/.dev ## Write the bill of materials of what is pinned to var/sbom.json (CycloneDX)
	@mkdir -p var
	@$(BIN)/cyclonedx-py requirements requirements.txt --output-file var/sbom.json
	@echo "Written: var/sbom.json"

hooks: $(VENV)/.dev ## Check format, lint and data before each commit
	@$(BIN)/pre-commit install

clean: ## Remove what was installed and built
	rm -rf $(VENV) var
