# Two commands on a fresh machine: `make run` and `make test`. `make help` lists the others.
# Needs Python >= 3.11 and make. Data is in var/, the environment in .venv/.
.DEFAULT_GOAL := help
.PHONY: help run dev test check bench backup restore reset-demo format lock setup setup-dev

PY := .venv/bin/python
MANAGE := $(PY) manage.py

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup:
	@scripts/setup main

setup-dev:
	@scripts/setup dev

run: setup ## install, migrate, load the demonstration, serve on http://localhost:8000 (PORT=...)
	@$(PY) scripts/run

dev: setup-dev ## the same with Django's reloading server and DEBUG on
	@DEBUG=1 $(MANAGE) prepare --demo
	@DEBUG=1 $(MANAGE) runserver

test: setup-dev ## the whole suite (ARGS="tests/cms -k name" for a part)
	@$(PY) scripts/system-deps
	@PYTHON=$(PY) scripts/test $(ARGS)

check: setup-dev ## lint, format, types, import contracts, templates, migrations, translations
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/check

bench: setup-dev ## the benchmarks of bench/, with their figures and the machine's
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/bench $(ARGS)

backup: setup ## everything in one dated archive, in var/backups/
	@$(MANAGE) backup

restore: setup ## put an archive back: make restore ARCHIVE=var/backups/...
	@$(MANAGE) restore $(ARCHIVE)

reset-demo: setup ## throw the local data away and load the demonstration afresh
	@$(PY) scripts/reset-demo

format: setup-dev ## put Python in the house style
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix --quiet .

lock: setup-dev ## write requirements/*.lock anew (ARGS=--upgrade)
	@UV=.venv/bin/uv scripts/lock $(ARGS)
