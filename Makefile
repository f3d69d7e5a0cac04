# Each target sets up .venv by itself, from python3 alone, and does nothing when that is current.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTS  ?= tests
BENCH  ?=

.PHONY: setup nightly test faults demo lint docs site bench bench-peers evaluate coverage audit lock clean
.DEFAULT_GOAL := nightly

setup: $(READY)

$(READY): requirements-bootstrap.lock requirements-dev.lock pyproject.toml
	@echo "Setting up $(VENV) (a few minutes at most, once)"
	@$(PYTHON) -c 'import sys; sys.exit("Amur needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# 3 means: published, but a source is stale or a batch is held. The text says which; the target succeeds.
nightly: $(READY)
	@$(BIN)/amur nightly || test $$? -eq 3

test: $(READY)
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

# Transport faults, kill points, nights on end, bad inputs: all of them, and what came of each (docs/faults.md).
faults: $(READY)
	@$(BIN)/python -m tests.faults

demo: $(READY)
	@$(BIN)/python -m tests.origin.demo

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint --processes 2 warehouse/sql

docs: $(READY)
	@$(BIN)/python -m warehouse.dictionary docs/schema.md

# The pages of docs/ as a site for any browser, offline; a link that leads nowhere fails it.
site: $(READY)
	@rm -rf build/site
	@$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet --nitpicky -d build/doctrees -c docs/site docs build/site
	@echo "build/site/index.html"

# What Amur costs, as ratios of pairs; rewrites docs/performance.md, its picture and what the guard compares with.
bench: $(READY) bench-peers
	@$(BIN)/python -m tests.bench --write $(BENCH)
	@$(BIN)/python -m tests.bench --guard --write

# The generic loader that part b is compared with, in an environment of its own: no dependency of Amur.
bench-peers: build/bench-peers/.ready

build/bench-peers/.ready: tests/bench/peers.lock
	@mkdir -p build
	@$(PYTHON) -m venv build/bench-peers
	@build/bench-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r tests/bench/peers.lock && touch $@ \
		|| { rm -rf build/bench-peers; echo "dlt could not be installed: it is left out"; }

# Recall and precision over recorded pages; without those, over the bundled samples and generated texts.
evaluate: $(READY)
	@$(BIN)/python -m tests.evaluate

coverage: $(READY)
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -p no:xdist $(TESTS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=95

# Known vulnerabilities of the locked packages; says so where no service can be asked.
audit: $(READY)
	@$(BIN)/python -m tests.audit

# Resolve the pins anew; the lock files hold hashes and no address of an index.
lock: $(READY)
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --quiet -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --quiet -o requirements-dev.lock
	@sed -n "/^uv==/,/^[a-z]/{/^uv==/p;/^ /p}" requirements-dev.lock > requirements-bootstrap.lock
	@$(BIN)/uv pip compile tests/bench/peers.in --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --quiet -o tests/bench/peers.lock

clean:
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
