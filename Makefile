# Everything runs in .venv, which any target makes when it is missing or older than the lock.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check soak bench lock docs clean

.venv/ready: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/ready          ## the whole path offline, on the bundled newsroom
	@$(BIN)/python -m monitor demo

test: .venv/ready          ## every test that fits in ten minutes
	$(BIN)/python -m pytest -m "not soak" -n 2 --dist worksteal

check: .venv/ready         ## what must be green before a commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not soak" -n 2 --dist worksteal

soak: .venv/ready          ## long runs: kill -9, hostile site
	$(BIN)/python -m pytest -m soak --timeout 3600 -rP

bench: .venv/ready         ## measurements, side by side; writes nothing outside benchmarks/results
	@for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

docs: .venv/ready          ## docs/database.md from the schema
	$(BIN)/python -m storage.document > docs/database.md

lock:                      ## resolve again within the bounds of pyproject.toml
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet "uv>=0.5"; }
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --all-extras --group dev --group bench pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
