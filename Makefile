# Every task of the project. `make` alone lists them.
#
# Works with the make of any Linux or macOS (GNU make 3.81 and later).

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8050
WORKERS ?= 2
export HOST PORT WORKERS

PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes
ASSETS := layouts/assets
TEST_OUTPUT := tests/output

# The first Python on this machine that is new enough; PYTHON=... names another. Looked up only when used.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# The steps build on each other's files; running them side by side would only mix up their messages.
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the tasks
	@echo "Bilateral: make TASK   (HOST, PORT and WORKERS apply to run and serve, VENV and PYTHON to all)"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- Run ----------------------------------------------------------------------------------------------------

.PHONY: run install build static serve
run: install build static serve ## Install what is needed, build the data and serve the dashboard

install: $(VENV)/.runtime-installed ## Install the locked runtime packages into VENV

build: install ## Build the Parquet files from the data sources
	@echo "==> Building the data"
	@$(PY) -m data.pipeline.build

static: $(VENV)/.static-compressed ## Compress the static files, so that no request has to

serve: static ## Serve the dashboard; run does this too, after installing and building
	@echo "==> Starting the server on http://$(HOST):$(PORT) with $(WORKERS) workers (Ctrl-C stops it)"
	@exec $(PY) -m gunicorn -c callbacks/gunicorn.py app:server

# pip is the last thing a new environment gets: where it is missing, an earlier attempt broke off.
$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Bilateral needs Python 3.11 or newer, and no python3 here is. Install one," \
		"or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "==> Creating the Python environment $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) could not create $(VENV); on Debian and Ubuntu the package" \
		"python3-venv is missing" >&2; exit 1; }

# The stamp files stand for "installed since the lock last changed".
$(VENV)/.runtime-installed: requirements.lock | $(VENV)/bin/pip
	@echo "==> Installing the packages of requirements.lock"
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

$(VENV)/.test-installed: requirements-test.lock | $(VENV)/bin/pip
	@echo "==> Installing the packages of requirements-test.lock"
	@$(PIP_INSTALL) -r requirements-test.lock
	@touch $@

# The folders are listed beside the files so that a removed file counts as a change. Old results go first:
# one left over from a removed or changed file would be served in its place.
$(VENV)/.static-compressed: $(shell find $(ASSETS) ! -name '*.br' ! -name '*.gz' 2>/dev/null) $(VENV)/.runtime-installed
	@echo "==> Compressing the static files in $(ASSETS)"
	@find $(ASSETS) \( -name '*.br' -o -name '*.gz' \) -delete
	@$(PY) -m whitenoise.compress --quiet $(ASSETS)
	@touch $@

# ---- Check --------------------------------------------------------------------------------------------------

.PHONY: test lint format check bench screenshots cards
# A process for each processor; a file stays with one of them, which draws its pages once.
SIDE_BY_SIDE := -n auto --dist loadfile
# The browser tests are a run of their own because pytest fails a run that collects no test, and because a
# skipped one must fail the build: nothing may pass without having been seen in a browser.
test: lint build static ## Check style and types, then run all tests, in a real browser too
	@echo "==> Finding a browser"
	@set -e; CHROMIUM=$$(PYTHON=$(PY) sh tests/ensure_browser.sh); export CHROMIUM; \
	mkdir -p $(TEST_OUTPUT); rm -f $(TEST_OUTPUT)/browser.xml; \
	echo "==> Running the tests that need no browser"; \
	$(PY) -m pytest -m "not browser" $(SIDE_BY_SIDE); \
	echo "==> Running the browser tests in $$CHROMIUM"; \
	$(PY) -m pytest -m browser $(SIDE_BY_SIDE) --junit-xml=$(TEST_OUTPUT)/browser.xml; \
	grep -q '<testsuite [^>]*skipped="0"' $(TEST_OUTPUT)/browser.xml || \
		{ echo "Browser tests were skipped: that is a failure" >&2; exit 1; }

lint: $(VENV)/.test-installed ## Check style and types
	@echo "==> Checking style"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "==> Checking types"
	@$(PY) -m mypy

format: $(VENV)/.test-installed ## Rewrite the code in the project's style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

check: install ## Compare the figures with themselves and with each other, and print the differences
	@$(PY) -m data.pipeline.report

bench: $(VENV)/.test-installed build static ## Measure speed and page weight
	@CHROMIUM=$$(PYTHON=$(PY) sh tests/ensure_browser.sh) && export CHROMIUM && $(PY) -m tests.bench

screenshots: $(VENV)/.test-installed build static ## Take the screenshots of the README
	@CHROMIUM=$$(PYTHON=$(PY) sh tests/ensure_browser.sh) && export CHROMIUM && $(PY) -m tests.screenshots

cards: $(VENV)/.test-installed ## Draw the cards that stand for the pages in shared links
	@CHROMIUM=$$(PYTHON=$(PY) sh tests/ensure_browser.sh) && export CHROMIUM && $(PY) -m tests.cards

# ---- Maintain -----------------------------------------------------------------------------------------------

.PHONY: lock bundle messages clean
# One version of each package for every Python and system, hashes for all of them, and no addresses: a lock
# says what to install, each machine's own settings say from where.
UV_COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --upgrade

lock: ## Renew the lock files (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs the program uv" >&2; exit 1; }
	@echo "==> Locking the runtime packages"
	@$(UV_COMPILE) --output-file requirements.lock
	@echo "==> Locking the test packages, with the same runtime versions"
	@$(UV_COMPILE) --group test --constraints requirements.lock --output-file requirements-test.lock

bundle: ## Rebuild our plotly.js (needs Node and npm)
	@command -v npm >/dev/null || { echo "make bundle needs Node and npm" >&2; exit 1; }
	@echo "==> Building the plotly bundle"
	@cd layouts/plotly_bundle && npm ci --ignore-scripts --no-audit --no-fund && npm run build

messages: install ## Collect every text for the translators
	@echo "==> Collecting the messages"
	@$(PY) -m layouts.wording.catalogue

clean: ## Remove everything that was installed, built or cached here
	@rm -rf .venv data/parquet $(TEST_OUTPUT) layouts/plotly_bundle/node_modules \
		.pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find $(ASSETS) \( -name '*.br' -o -name '*.gz' \) -delete
	@find app.py callbacks data layouts tests -name __pycache__ -prune -exec rm -rf {} +
