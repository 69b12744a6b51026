# Two commands: `make run` and `make test`. They need Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run site test lock golden reference bench clean

run: .venv/.run
	@$(BIN)/ccin-graph run

site: .venv/.run .venv/.node
	@$(BIN)/ccin-graph publish

test: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n 2 --dist loadfile

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# The scripts of the site are built with Node: the machine's, or one from the package index.
.venv/.node: requirements/site.txt | .venv/.run
	@{ command -v node && command -v npm; } >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@

# Refresh the golden files of the tests after a change that was meant; read the difference before committing it.
golden: .venv/.test
	$(BIN)/pytest -q tests --refresh-golden

# Refresh the generated pages of the documentation.
reference: .venv/.run
	$(BIN)/python -m ccin_graph.reference

bench: .venv/.test
	$(BIN)/python -m benchmarks

# Refresh the hash-locked requirements after a change of pyproject.toml (needs uv).
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url
lock:
	$(LOCK) pyproject.toml requirements/install.in --output-file requirements/run.txt
	$(LOCK) pyproject.toml requirements/install.in --group dev --output-file requirements/test.txt
	$(LOCK) requirements/site.in --output-file requirements/site.txt

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
