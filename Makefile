# What can be done here. `make` alone prints this list.
# Nothing is needed beforehand but Python 3.11 or newer with venv, and make.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
ASSETS := $(or $(UMLAUF_VAR),var)/assets/stamp.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup dev-setup demo test test-code test-browser check fix messages services bench soak lock clean

help: ## print this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 14

$(VENV)/.runtime: requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Umlauf needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=/path/to/python3."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@# Python compiles what it imports; compiling the rest would take a quarter of the time.
	$(BIN)/pip install --quiet --no-compile -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet -r requirements-dev.txt -c constraints.txt
	$(BIN)/pip install --quiet --no-deps curlylint==0.13.1
	@touch $@

$(ASSETS): package-lock.json cms/core/management/commands/build_assets.py | $(VENV)/.runtime
	@$(MANAGE) build_assets
	@touch $@

setup: $(VENV)/.runtime $(ASSETS) ## the environment in .venv, style sheets and translations
	@$(BIN)/python -m cms.core.catalogues compile

dev-setup: $(VENV)/.dev ## the same with everything for tests and checks
	@$(BIN)/python -m cms.core.catalogues compile
	@$(MANAGE) build_assets --dev

demo: $(VENV)/.runtime ## a running site with demo content; PORT=8000, ends with Ctrl-C
	@$(BIN)/python -m cms.core.catalogues compile
	@UMLAUF_DEMO=true $(MANAGE) demo --port $(PORT)

test: test-code test-browser ## the everyday tests

test-code: dev-setup ## the tests without a browser; on PostgreSQL and Redis where given
	$(BIN)/pytest -q -n auto --dist loadgroup -m "not browser and not soak" --ignore tests/demo
	@# The demo is loaded once for its tests and would stand in the way of others.
	$(BIN)/pytest -q tests/demo

# On one worker everything that visits the demo, on the other what brings its own pages.
test-browser: dev-setup ## journeys and accessibility in Chromium, skipped where there is none
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "browser and not soak" tests/face tests/browser

check: dev-setup ## linters, types, import walls, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run --settings cms.settings.test
	$(MANAGE) check --settings cms.settings.test
	git ls-files '*.html' | xargs $(BIN)/djhtml --check
	git ls-files '*.html' | xargs $(BIN)/curlylint
	$(BIN)/python -m cms.core.catalogues check

fix: dev-setup ## let the tools mend what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files '*.html' | xargs $(BIN)/djhtml

messages: dev-setup ## bring the German catalogues in step with the code (needs gettext)
	$(MANAGE) makemessages --locale de --no-location --no-obsolete --ignore 'var/*' --ignore 'tests/*' --ignore 'node_modules/*' --ignore '.venv/*'

services: ## start PostgreSQL, Redis and Elasticsearch for tests, below var/services (prints their addresses)
	@tests/services/start

bench: dev-setup ## benchmarks: ratios against a baseline in the same run; ONLY=search for one part
	$(BIN)/python -m tests.bench $(ONLY)

soak: dev-setup ## the long profiles of crashes and properties
	UMLAUF_SOAK=1 $(BIN)/pytest -q -n auto --dist loadgroup -m "not browser" --ignore tests/demo
	UMLAUF_SOAK=1 $(BIN)/pytest -q -n 2 --dist loadgroup -m browser tests/face tests/browser

lock: ## write constraints.txt anew from requirements-dev.txt
	rm -rf var/lock && $(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet -r requirements-dev.txt
	{ echo "# Everything pip installs, locked. Rewritten by \`make lock\`."; var/lock/bin/pip freeze; } > constraints.txt
	rm -rf var/lock

clean: ## remove the demo's data, not the environment
	rm -rf var
