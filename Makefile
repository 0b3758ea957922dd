# Everything one does with this repository; `make` alone lists it.
# The environment is made once in .venv, and again when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEED ?= 1
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

# Material prints an advert about a later MkDocs, which this project does not use, before every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve site check test engines campaign bench lint clean

help:
	@echo 'make serve      build the site and serve it at http://127.0.0.1:8000/, again after each change'
	@echo 'make site       build the site into site/'
	@echo 'make check      check the facts, without building anything'
	@echo 'make test       run the linters, then all tests'
	@echo 'make engines    install other engines, with which the tests then build, too'
	@echo 'make campaign   kill 50 builds at random moments, and see that a whole site stays up each time'
	@echo 'make bench      measure builds, serving and growth, against other generators that are installed'
	@echo 'make lint       run the linters only'
	@echo 'make clean      remove what was built, and caches; .venv stays'

serve: $(RUN_READY)
	$(BIN)/mkdocs serve

site: $(RUN_READY)
	$(BIN)/mkdocs build --strict

check: $(RUN_READY)
	$(BIN)/sourcebook check

# The linters come first, so that the last lines are the tests' own summary.
# A worker takes whole files, as what a file's tests share (a built site, a browser) is dear to make.
test: lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

# ProperDocs prints its advert in every environment that it is in, so it gets one of its own.
engines:
	$(PYTHON) -m venv .engines
	.engines/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/site/engines.txt

# Another SEED chooses other moments; the record named last is edited between the builds.
campaign: $(RUN_READY)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
		&& $(BIN)/python tests/campaigns/kills.py . "$$scratch" 50 $(SEED) content/actors/armenia.yml

# make bench BENCH='--records 1000 --serve 1000 --growth' measures less; CONTRIBUTING.md tells how peers are installed.
bench: $(RUN_READY)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.bench $(BENCH)

lint: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sourcebook fmt --check

clean:
	rm -rf site .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

$(RUN_READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo 'No $(PYTHON) here: install Python 3.11 or later.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo 'Name another one: make PYTHON=python3.12 <goal>' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) cannot make environments: its venv module is a package of its own here.' >&2; \
		echo 'On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@# An environment whose Python has moved or is older than the one above is made anew.
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TEST_READY): $(RUN_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
