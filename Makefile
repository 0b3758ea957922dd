# Everything one does with this repository; `make` alone lists it.
# The environment is made once in .venv, and again when pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEED ?= 1
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test
RELEASE := .release
RELEASE_READY := $(RELEASE)/.ready
PIP := -m pip install --quiet --disable-pip-version-check
# The lock is whole: nothing is looked up, and no later release of what somebody asks for with extras gets in.
LOCKED := $(PIP) --require-hashes --no-deps --requirement requirements

# Material prints a notice about its future, and an advert, before every build.
export NO_MKDOCS_2_WARNING := 1
# Tests, campaigns and benchmarks begin many programs: each module is compiled once, not for each of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve site check test test-wheel engines bench lint lock audit dist clean campaign campaign-kills campaign-disk campaign-at-once \
	campaign-texts campaign-load campaign-suite campaign-reader campaign-edits campaign-paths campaign-encodings campaign-yaml \
	campaign-leaks campaign-determinism campaign-commands

help:
	@echo 'make serve      build the site and serve it at http://127.0.0.1:8000/, again after each change'
	@echo 'make site       build the site into site/'
	@echo 'make check      check the facts, without building anything'
	@echo 'make test       run the linters, then all tests'
	@echo 'make test-wheel run the tests on the wheel, without its sources, with the lowest versions (VERSIONS=highest)'
	@echo 'make engines    install other engines, with which the tests then build, too'
	@echo 'make campaign   the long campaigns: kills, full disks, builds at once, edits, fuzzing, hostile texts'
	@echo 'make bench      measure builds, serving and growth, against other generators that are installed'
	@echo 'make lint       run the linters only'
	@echo 'make lock       choose the versions of all dependencies anew, with their hashes'
	@echo 'make audit      ask whether a locked dependency has a known vulnerability'
	@echo 'make dist       the wheel, the source distribution, their bill of materials and checksums'
	@echo 'make clean      remove what was built, and caches; .venv stays'

serve: $(RUN_READY)
	$(BIN)/mkdocs serve $(SERVE)

site: $(RUN_READY)
	$(BIN)/mkdocs build --strict

check: $(RUN_READY)
	$(BIN)/sourcebook check

# The linters come first, so that the last lines are the tests' own summary.
# A worker takes whole files, as what a file's tests share (a built site, a browser) is dear to make.
test: lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

# The wheel in an environment of its own, the tests beside it, and neither the program's sources nor its templates:
# make test-wheel VERSIONS=highest PYTHON=python3.13 TESTS='-m browser'
VERSIONS ?= lowest-direct
TESTS ?= -m 'not browser'
test-wheel: $(RELEASE_READY)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && set -e \
		&& $(RELEASE)/bin/hatchling build --target wheel --directory "$$scratch" \
		&& $(RELEASE)/bin/uv venv --quiet --no-config --python $(PYTHON) "$$scratch/env" \
		&& $(RELEASE)/bin/uv pip install --quiet --no-config --resolution $(VERSIONS) --python "$$scratch/env/bin/python" \
			"$$(ls "$$scratch"/*.whl)[dev]" \
		&& mkdir "$$scratch/project" \
		&& git ls-files -z -- . ':!generator' ':!site_templates' | xargs -0 cp --parents --target-directory "$$scratch/project" \
		&& cd "$$scratch/project" && git init --quiet \
		&& ../env/bin/python -m pytest --override-ini pythonpath=tests --numprocesses auto --dist loadfile \
			--ignore tests/packaging/test_wheel.py $(TESTS)

# ProperDocs prints its advert in every environment that it is in, so it gets one of its own.
engines:
	$(PYTHON) -m venv .engines
	.engines/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/site/engines.txt

# Each is bounded, prints its figures, and can be run by itself: make campaign-kills SEED=7 KILLS=200
CAMPAIGN := PYTHONPATH=tests $(BIN)/python -m campaigns
KILLS ?= 50
RUNS ?= 1000000
EDITS ?= 500

campaign: campaign-suite campaign-yaml campaign-encodings campaign-paths campaign-leaks campaign-determinism campaign-commands campaign-kills campaign-disk campaign-at-once \
	campaign-texts campaign-load campaign-reader campaign-edits

# The record named last is edited between the builds.
campaign-kills: $(TEST_READY)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
		&& $(CAMPAIGN).kills . "$$scratch" $(KILLS) $(SEED) content/actors/armenia.yml
	$(CAMPAIGN).steps 20 $(SEED)

campaign-disk: $(TEST_READY)
	$(CAMPAIGN).disk 48

campaign-at-once: $(TEST_READY)
	$(CAMPAIGN).at_once 20 $(SEED)

campaign-texts: $(TEST_READY)
	$(CAMPAIGN).texts 5000

campaign-load: $(TEST_READY)
	$(CAMPAIGN).load 10
	$(CAMPAIGN).browsers 50

# A site that is being served, edited in every way, right and wrong: make campaign-edits SEED=7 EDITS=500
campaign-edits: $(TEST_READY)
	$(CAMPAIGN).edits $(EDITS) $(SEED)

campaign-paths: $(TEST_READY)
	$(CAMPAIGN).paths 100 $(SEED)

campaign-encodings: $(TEST_READY)
	$(CAMPAIGN).encodings 100000 $(SEED)

campaign-yaml: $(TEST_READY)
	$(CAMPAIGN).yaml_traps 20000 $(SEED)

campaign-leaks: $(TEST_READY)
	$(CAMPAIGN).leaks 100 $(SEED)

campaign-determinism: $(TEST_READY)
	$(CAMPAIGN).determinism . 10 $(SEED)

campaign-commands: $(TEST_READY)
	$(CAMPAIGN).commands 1400 $(SEED)

campaign-suite: $(TEST_READY)
	$(CAMPAIGN).suite

campaign-reader: $(TEST_READY)
	$(CAMPAIGN).reader tests/collections 200000 $(SEED)
	@if $(BIN)/python -c 'import atheris' 2>/dev/null; then \
		scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT \
		&& $(CAMPAIGN).fuzz tests/collections $(RUNS) $(SEED) "$$scratch"; \
	else echo 'atheris is not here (pip install -e ".[fuzz]"): the reader was tried with mutations only'; fi

# make bench BENCH='--records 1000 --serve 1000 --search --growth' measures less; CONTRIBUTING.md tells how peers are installed.
bench: $(RUN_READY)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.bench $(BENCH)

# For all systems and every Python that is supported. UPGRADE=--upgrade takes the newest versions.
COMPILE := uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' $(UPGRADE)

lock: $(RELEASE_READY)
	$(RELEASE)/bin/$(COMPILE) pyproject.toml requirements/build.in --output-file requirements/run.lock
	$(RELEASE)/bin/$(COMPILE) pyproject.toml requirements/build.in --extra dev --output-file requirements/dev.lock
	$(RELEASE)/bin/$(COMPILE) requirements/release.in --output-file requirements/release.lock

# Asks the advisory service of the package index about every locked package.
audit: $(RELEASE_READY)
	$(RELEASE)/bin/pip-audit --strict --disable-pip --requirement requirements/dev.lock

DIST ?= dist
# The moment of the last commit stands for the time of the build: anybody gets the same bytes from it.
dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1580601600)
dist: $(RELEASE_READY)
	rm -rf $(DIST)
	$(RELEASE)/bin/hatchling build --directory $(DIST)
	$(RELEASE)/bin/cyclonedx-py requirements requirements/run.lock --pyproject pyproject.toml \
		--output-reproducible --output-file $(DIST)/sourcebook.cdx.json
	cd $(DIST) && sha256sum * > SHA256SUMS

lint: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sourcebook fmt --check
	$(BIN)/sourcebook schema --check

clean:
	rm -rf site dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

# Every package in the version and with the bytes that the lock names; a dependency that is not in it yet comes
# from its range, and a test asks for `make lock`. The build backend is in the lock, too, hence no isolation.
$(RUN_READY): pyproject.toml requirements/run.lock
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
	$(BIN)/python $(LOCKED)/run.lock
	$(BIN)/python $(PIP) --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(RUN_READY) requirements/dev.lock
	$(BIN)/python $(LOCKED)/dev.lock
	$(BIN)/python $(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@

$(RELEASE_READY): requirements/release.lock
	$(PYTHON) -m venv --clear $(RELEASE)
	$(RELEASE)/bin/python $(LOCKED)/release.lock
	@touch $@
