# Everything beyond python3, python3-venv, make and git is fetched here, pinned by uv.lock.
UV_VERSION := 0.13.9
UV := .uv/bin/uv
PY := .venv/bin/python
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Each of the many processes that the tests start would compile all that it imports, ten seconds at a time.
unexport PYTHONDONTWRITEBYTECODE
ifeq ($(HOME),)
export HOME := $(CURDIR)/.uv/home
endif

# A production install carries neither Postgres nor the sandbox's tools.
RUN_GROUPS := $(if $(and $(TELEGRAM_BOT_TOKEN),$(DATABASE_URL)),,--group sandbox)

# No target here makes a file of its name.
.PHONY: $(shell sed -n 's/^\([a-z][a-z0-9-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

run: $(UV) ## Run the product: the sandbox without TELEGRAM_BOT_TOKEN, the real bot with it
	@$(UV) sync --quiet --locked --inexact --no-default-groups $(RUN_GROUPS) --python python3
	@exec $(PY) -m app

install: $(UV) ## What production needs and no more: for a platform's build
	@$(UV) sync --quiet --locked --no-default-groups --python python3

test: check integration e2e browser ## Everything: lint, types, architecture, unit, integration, end-to-end, browser, chaos

check: lint types architecture unit ## The fast part: lint, types, architecture, unit

lint: .venv/.synced
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: .venv/.synced
	.venv/bin/mypy

architecture: .venv/.synced
	.venv/bin/lint-imports
	$(PY) -m pytest -q tests/architecture

unit: .venv/.synced
	$(PY) -m pytest -q -n 2 tests/unit

integration: .venv/.synced
	$(PY) -m pytest -q -n 3 --dist worksteal tests/integration

e2e: .venv/.synced
	$(PY) -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder tests/chaos tests/e2e

settings-table: .venv/.synced ## Write the README's table of settings from app/settings.py
	@$(PY) -m app.tools.settings_table

models: .venv/.synced ## Check every file of the catalogue, and count what is for sale
	@$(PY) -m app.tools.models

models-table: .venv/.synced ## Write the README's table of models from the catalogue
	@$(PY) -m app.tools.models --write

audit-ledger: .venv/.synced ## Prove the books of DATABASE_URL, or of the sandbox that runs here
	@$(PY) -m app.tools.audit_ledger

FILE ?=
backup: .venv/.synced ## The database in a new file of .data/backups, whole or not at all: make backup FILE=…
	@$(PY) -m app.tools.backup $(FILE)

restore: .venv/.synced ## A backup into the empty database of DATABASE_URL: make restore FILE=…
	@$(PY) -m app.tools.restore $(FILE)

restore-rehearsal: .venv/.synced ## Restore the newest backup into a scratch Postgres, prove its books, end its inbox
	@$(PY) -m app.tools.restore_rehearsal $(FILE)

verify: .venv/.synced ## Lint, types, architecture, unit, integration, a start of the real server, every button
	@$(PY) scripts/verify.py

audit-buttons: .venv/.synced ## Press every button through the real routers, on a Postgres of its own
	@$(PY) app/tools/audit_buttons.py

smoke-prod: .venv/.synced ## Six checks on the configured system: GREEN, or RED and exit 1
	@$(PY) -m app.tools.smoke_prod

ONLY ?=
catalogue-diff: .venv/.synced ## Compare our models with KIE's own catalogue: make catalogue-diff ONLY=key,key WRITE=1
	@$(PY) -m app.tools.catalogue_diff --only "$(ONLY)" $(if $(WRITE),--write)

payment-flow: .venv/.synced ## Rehearse invoice, payment, credit, spending and refund on a scratch Postgres
	@$(PY) -m app.tools.test_payment_flow

mutants: .venv/.synced ## Take each guard of the money wing away once: its test has to turn red
	$(PY) -m tests.mutants.run

browser: .venv/.synced
	@command -v chromium >/dev/null || scripts/install_chromium
	$(PY) -m pytest -q -n 2 --dist loadfile tests/browser

STEPS ?= 1000
SEED ?= 1
walk: .venv/.synced ## Let a crowd tap, type and pay at random over a sandbox: make walk STEPS=5000 SEED=1
	@$(PY) -m tests.walker $(STEPS) $(SEED)

MINUTES ?= 10
PEOPLE ?= 20
RATE ?= 40
chaos: .venv/.synced ## Half a siege of three instances, half a storm over one, then the accounts: make chaos MINUTES=10 SEED=1 PEOPLE=20 RATE=40
	@$(PY) -m tests.chaos $(MINUTES) $(SEED) $(PEOPLE) $(RATE)

bench: .venv/.synced ## Measure acknowledgement, ledger and taps beside their baselines in one run
	@$(PY) -m tests.bench

bench-audit: .venv/.synced ## Measure the audit of a million transfers
	$(PY) -m tests.bench.audit

bench-lanes: .venv/.synced ## Measure how many lanes are right for how many connections
	$(PY) -m tests.bench.lanes

bench-crowd: .venv/.synced ## Let 500 people buy within a second, and kill the ACTIVE one in the middle
	$(PY) -m tests.bench.crowd

tour: .venv/.synced ## Take all pictures of docs/ anew, of a sandbox in a scratch folder
	@{ command -v chromium && fc-list | grep -q Roboto; } >/dev/null || scripts/install_chromium
	$(PY) -m tests.tour

$(UV):
	@python3 -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.synced: pyproject.toml uv.lock $(UV)
	@$(UV) sync --quiet --locked --python python3
	@touch $@
