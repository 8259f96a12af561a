# What a person runs in a checkout. `make demo` and `make test` make their own environment in .venv, from the locks.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
# One more than a small machine has processors: tests wait for terminals and servers a third of their time.
WORKERS ?= 3

.PHONY: help demo test lint bench bench-full catalogues lock clean

help:
	@echo "make demo        opens the app on a demo database of its own"
	@echo "make test        formatting, lint, types, import contracts, and the tests on SQLite and PostgreSQL"
	@echo "make lint        the same without the tests"
	@echo "make bench       the benchmarks, in minutes; make bench-full: in an hour"
	@echo "make catalogues  collect the texts of the program for translation, and make of the translated what it reads"
	@echo "make lock        resolve the dependencies anew and write the locks"
	@echo "make clean       remove what was made"
	@echo "PYTHON=python3.12 names another Python (3.11 or newer) for a new .venv"

demo: $(VENV)/.runtime
	$(BIN)/python -m tui_booking demo

test: lint
	$(BIN)/python -m pytest -n $(WORKERS)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

bench-full: $(VENV)/.dev
	$(BIN)/python -m benchmarks --full

catalogues: $(VENV)/.dev
	$(BIN)/python -m tests.data.catalogues

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python cannot make environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

# For every platform and with the hashes of all files of a release. No index is named: whoever installs chooses it.
COMPILE = uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

lock: | $(VENV)/.made
	@command -v uv >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(COMPILE) --output-file requirements.lock
	PATH="$$PATH:$(CURDIR)/$(BIN)" $(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
