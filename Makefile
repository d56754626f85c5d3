# Every command works on a fresh checkout; what is missing is installed (as root) or named.
.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench soak screenshots clean
PYTHON := .venv/bin/python

help:  ## these lines
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup:  ## the environment, with what tests need
	@tools/setup.sh test

run:  ## the product at http://127.0.0.1:8000 (PORT= and SPOIWO_DATA_DIR= are respected)
	@tools/setup.sh run
	@exec .venv/bin/spoiwo serve

test: setup  ## everything, on SQLite and PostgreSQL and in the browser
	@tools/test.sh

check: setup  ## the fast part: style, types, contracts, quick tests
	@tools/check.sh
	@$(PYTHON) -m pytest -q -n 2 -m "not browser and not slow and not soak" tests/kernel tests/architecture

format: setup  ## rewrite the sources in the one layout
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format --quiet .

bench: setup  ## measure, and write the figures to benchmarks/results
	@$(PYTHON) -m benchmarks

soak: setup  ## the long runs in full, of which `make test` runs a tenth
	@SOAK=full $(PYTHON) -m pytest -m soak
	@SOAK=full $(PYTHON) -m tools.postgres -- $(PYTHON) -m pytest -m soak

screenshots: setup  ## the pictures of the documentation, taken from the product with the demonstration region
	@$(PYTHON) -m tools.screenshots

clean:  ## remove what can be made again (not the data folder)
	@rm -rf .venv build dist .coverage .coverage.* htmlcov
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
