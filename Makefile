# One command on a bare machine: `make demo`. Everything lands in .venv and .tools here; nothing else is touched.
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
UV := $(or $(shell command -v uv),.tools/bin/uv)
PYTEST := $(PYTHON) -m pytest
# Without it every process compiles all of Django and Laurels again: three seconds each.
unexport PYTHONDONTWRITEBYTECODE
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.12 pyproject.toml --extra build

.PHONY: help demo test test-sqlite test-postgresql test-browser test-peers check bench drills lock vendor

help:
	@echo "make demo [PORT=8000]  a whole programme to click through"
	@echo "make test              every test, on SQLite and PostgreSQL, in a browser and before outside judges"
	@echo "make check             format, lint, types, import contracts, migrations, locks, docs"
	@echo "make bench             what we promise about speed, measured"
	@echo "make drills            the worst of days at full size, on SQLite and PostgreSQL: takes a while"
	@echo "make lock              new versions of what we build on"
	@echo "make vendor            the one script that is not ours, built again from its source"

demo: $(VENV)/.runtime
	@exec $(VENV)/bin/laurels demo --port $(PORT)

test: test-sqlite test-postgresql test-browser test-peers

test-sqlite: $(VENV)/.dev
	env -u DATABASE_URL $(PYTEST) -n 2 -m "not browser and not peers"

test-postgresql: $(VENV)/.dev
	$(PYTHON) tools/with_postgresql.py $(PYTEST) -n 2 -m "not browser and not peers"

test-browser: $(VENV)/.dev
	CHROME="$$($(PYTHON) tools/browser.py)" && export CHROME && env -u DATABASE_URL $(PYTEST) -n 2 --dist loadfile -m browser tests/browser

test-peers: $(VENV)/.dev
	$(PYTHON) tools/peers.py
	env -u DATABASE_URL $(PYTEST) -m peers tests/peers

check: $(VENV)/.dev
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py check
	$(PYTHON) tools/in_step.py

bench: $(VENV)/.dev
	$(PYTHON) -m benchmarks

# Each prints what it saw and "N passed, N failed"; the positive control has to go red.
drills: $(VENV)/.dev
	for drill in webhook_storm oversell killed; do \
		$(PYTHON) -m tests.drills.$$drill && $(PYTHON) tools/with_postgresql.py $(PYTHON) -m tests.drills.$$drill || exit 1; done
	! $(PYTHON) -m tests.drills.webhook_storm --events 500 --unguarded
	! $(PYTHON) tools/with_postgresql.py $(PYTHON) -m tests.drills.oversell --rounds 3 --unlocked
	! $(PYTHON) -m tests.drills.killed --kills 5 --early

lock: $(UV)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --output-file requirements-dev.txt

# SortableJS for dragging cards, made small; the same bytes come out of it every time.
SORTABLE := sortablejs@1.15.6
SORTABLE_SHA256 := 9730d379aa442a318aa927f7098402d76fd807cb9d7c7d37b8d48e37ad299aa8
VENDOR := src/laurels/web/static/laurels/vendor

vendor:
	@set -e; box=$$(mktemp -d); trap 'rm -rf "$$box"' EXIT; here=$$PWD; mkdir -p $(VENDOR); cd "$$box"; \
	npm pack --silent $(SORTABLE) >/dev/null; tar xzf *.tgz; \
	echo "$(SORTABLE_SHA256)  package/modular/sortable.core.esm.js" | sha256sum --check --quiet; \
	npx --yes terser@5.51.2 package/modular/sortable.core.esm.js --module --compress --mangle \
		--comments '/@license|^!/' --output "$$here/$(VENDOR)/sortable.js"; \
	cp package/LICENSE "$$here/$(VENDOR)/sortable.LICENSE"

# What tests need holds what running needs; so a development environment stays one when the demo is asked for.
$(VENV)/.runtime: requirements.txt pyproject.toml | $(UV) $(PYTHON)
	$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements.txt
	$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --offline --editable .
	@rm -f $(VENV)/.dev && touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt pyproject.toml | $(UV) $(PYTHON)
	$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements-dev.txt
	$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --offline --editable .
	@touch $(VENV)/.runtime $@

$(PYTHON): | $(UV)
	$(UV) venv --quiet --allow-existing $(VENV)

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install --quiet uv
