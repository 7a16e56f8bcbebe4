# Every task of the project. `make` alone lists them.
#
# Works with the make of any Linux or macOS (GNU make 3.81 and later).

VENV ?= .venv
PORT ?= $(or $(BILATERAL_PORT),8050)
WORKERS ?= $(or $(BILATERAL_WORKERS),2)
# Shells keep things of their own under this name (conda a kind of machine), so it counts only when make is told.
ifneq ($(origin HOST),command line)
HOST := $(or $(BILATERAL_HOST),127.0.0.1)
endif
# What the server reads.
export BILATERAL_HOST := $(HOST)
export BILATERAL_PORT := $(PORT)
export BILATERAL_WORKERS := $(WORKERS)

PY := $(VENV)/bin/python
ASSETS := layouts/assets
TEST_OUTPUT := tests/output

# The first Python on this machine that is new enough; PYTHON=... names another. Looked up only when used.
PYTHON_NAMED := $(filter-out undefined file,$(firstword $(origin PYTHON)))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# Why the environment in VENV is of no use, where that is so: an upgrade of the system took its Python away or
# gave it a new one, which does not see the packages of the old, or another Python is asked for.
VERSION := -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
LEFT_OVER := $(shell test -f "$(VENV)/pyvenv.cfg" || exit 0; has=$$("$(PY)" $(VERSION)); \
	if test -z "$$has"; then echo "has a Python that does not start"; \
	elif ! test -d "$(VENV)/lib/python$$has"; then echo "was made by another Python than its present $$has"; \
	elif test -n "$(PYTHON_NAMED)" && test "$$("$(PYTHON)" $(VERSION))" != "$$has"; then \
	echo "is of Python $$has, not of $(PYTHON)"; fi)

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
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no program $(PYTHON); PYTHON= names the Python to use," \
		"as a command or with its whole path" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and \
		"Bilateral needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name another: make PYTHON=..." % v[:2])'
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks what environments are made" \
		"with; on Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(if $(LEFT_OVER),echo "==> $(VENV) $(LEFT_OVER): replacing it")
	@echo "==> Creating the Python environment $(VENV) with $(PYTHON)"
	@"$(PYTHON)" -m venv --clear "$(VENV)"

ifneq ($(LEFT_OVER),)
.PHONY: $(VENV)/bin/pip
$(VENV)/.runtime-installed $(VENV)/.test-installed: $(VENV)/bin/pip
endif

# Installs a lock file. pip would say nothing for a minute or fill pages: every five seconds one line tells how far
# it is, for as long as this shell lives, and its own words come out only when it fails.
define pip_install
@echo "==> Installing the packages of $(1)"
@log=$(VENV)/pip.log; total=$$(grep -c '^[a-z].*==' $(1)); : >$$log; \
( while sleep 5 >/dev/null 2>&1 && kill -0 $$$$ 2>/dev/null; do \
	echo "    $$(grep -c '^Collecting\|^Processing\|^Requirement' $$log) of $$total packages found," \
		"$$(ls -d $(VENV)/lib/python*/site-packages/*.dist-info | wc -l) installed"; done ) & ticker=$$!; \
$(PY) -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r $(1) >$$log 2>&1; \
status=$$?; kill $$ticker; \
test $$status -eq 0 || { grep -v '^Collecting\|^Processing\|^Requirement\|^WARNING\|^  ' $$log | tail -n 20 | cut -c -500 >&2; \
	echo "pip could not install $(1); all it said is in $$log" >&2; exit 1; }
endef

# The stamp files stand for "installed since the lock last changed".
$(VENV)/.runtime-installed: requirements.lock | $(VENV)/bin/pip
	$(call pip_install,requirements.lock)
	@touch $@

$(VENV)/.test-installed: requirements-test.lock | $(VENV)/bin/pip
	$(call pip_install,requirements-test.lock)
	@touch $@

# The folders are listed beside the files so that a removed file counts as a change. Old results go first:
# one left over from a removed or changed file would be served in its place.
$(VENV)/.static-compressed: $(shell find $(ASSETS) ! -name '*.br' ! -name '*.gz' 2>/dev/null) $(VENV)/.runtime-installed
	@echo "==> Compressing the static files in $(ASSETS)"
	@find $(ASSETS) \( -name '*.br' -o -name '*.gz' \) -delete
	@$(PY) -m whitenoise.compress --quiet $(ASSETS)
	@touch $@

# ---- Check --------------------------------------------------------------------------------------------------

.PHONY: test quick lint format browser doctor check bench screenshots cards
# A process for each processor; a file stays with one of them, which draws its pages once.
SIDE_BY_SIDE := -n auto --dist loadfile
# The path of the browser that the tests use.
BROWSER := $(TEST_OUTPUT)/browser.path
# The browser comes first, because a machine that lacks one should hear so before anything long. Its tests are a run
# of their own because pytest fails a run that collects no test, and because a skipped one must fail the build:
# nothing may pass without having been seen in a browser.
test: browser lint build static ## Check style and types, then run all tests, in a real browser too
	@set -e; CHROMIUM=$$(cat $(BROWSER)); export CHROMIUM; rm -f $(TEST_OUTPUT)/browser.xml; \
	echo "==> Running the tests that need no browser"; \
	$(PY) -m pytest -m "not browser" $(SIDE_BY_SIDE); \
	echo "==> Running the browser tests in $$CHROMIUM"; \
	$(PY) -m pytest -m browser $(SIDE_BY_SIDE) --junit-xml=$(TEST_OUTPUT)/browser.xml; \
	grep -q '<testsuite [^>]*skipped="0"' $(TEST_OUTPUT)/browser.xml || \
		{ echo "Browser tests were skipped: that is a failure" >&2; exit 1; }

quick: $(VENV)/.test-installed build ## Check style, then run the tests that take under a minute: no browser, no repetitions
	@echo "==> Checking style"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "==> Running the quick tests"
	@$(PY) -m pytest -q --no-header --quick $(SIDE_BY_SIDE)

browser: $(VENV)/.test-installed ## Find the browser of the tests, or install one, and open a page in it
	@echo "==> Finding a browser"
	@mkdir -p $(TEST_OUTPUT)
	@PYTHON=$(PY) sh tests/ensure_browser.sh >$(BROWSER)

lint: $(VENV)/.test-installed ## Check style and types
	@echo "==> Checking style"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "==> Checking types"
	@$(PY) -m mypy

format: $(VENV)/.test-installed ## Rewrite the code in the project's style
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

doctor: ## Tell what this machine lacks to run and test, with a remedy for each
	@for python in "$(PYTHON)" python3 $(PY); do "$$python" -c "" 2>/dev/null && break; done; \
	"$$python" -c "" 2>/dev/null || { echo "No Python starts here. Install Python 3.11 or newer; on Debian and" \
		"Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; }; \
	VENV="$(VENV)" PYTHON="$(PYTHON)" LEFT_OVER="$(LEFT_OVER)" \
	GIVEN="$(filter VENV=% PYTHON=%,$(MAKEOVERRIDES))" "$$python" tests/doctor.py

check: install ## Compare the figures with themselves and with each other, and print the differences
	@$(PY) -m data.pipeline.report

bench: browser build static ## Measure speed and page weight
	@CHROMIUM=$$(cat $(BROWSER)) $(PY) -m tests.bench

screenshots: browser build static ## Take the screenshots of the README
	@CHROMIUM=$$(cat $(BROWSER)) $(PY) -m tests.screenshots

cards: browser ## Draw the cards that stand for the pages in shared links
	@CHROMIUM=$$(cat $(BROWSER)) $(PY) -m tests.cards

# ---- Maintain -----------------------------------------------------------------------------------------------

.PHONY: lock bundle font messages mutate house clean
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

font: ## Cut our type out of its family anew (needs Node and npm)
	@command -v npm >/dev/null || { echo "make font needs Node and npm" >&2; exit 1; }
	@echo "==> Building the font"
	@cd layouts/font_bundle && npm ci --ignore-scripts --no-audit --no-fund && npm run build

messages: install ## Collect every text for the translators
	@echo "==> Collecting the messages"
	@$(PY) -m layouts.wording.catalogue

mutate: build ## Change the code in one place after the other and see whether a test notices
	@$(PY) -m tests.mutate $(MUTATE)

house: install ## Draw the house from its imports
	@$(PY) -m tests.house

clean: ## Remove everything that was installed, built or cached here
	@rm -rf .venv data/parquet $(TEST_OUTPUT) layouts/plotly_bundle/node_modules layouts/font_bundle/node_modules \
		.pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find $(ASSETS) \( -name '*.br' -o -name '*.gz' \) -delete
	@find app.py callbacks data layouts tests -name __pycache__ -prune -exec rm -rf {} +
