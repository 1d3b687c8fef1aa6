# Set-up is `make run` or `make test`; both install into .venv first, from requirements.lock.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test check assure bench assets pictures codes question-types conformance lock clean

run: $(STAMP)
	@$(BIN)/satupintu serve --demonstration

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/satupintu check --strict schemas/forms/*.json rules/rujukan.json seed/agencies.json seed/service.json rules/legal_basis.json

assure: $(STAMP)
	@SATUPINTU_ASSURE=1 $(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

bench: $(STAMP)
	@$(BIN)/python -m benchmarks.engines
	@$(BIN)/python -m benchmarks.submissions
	@$(BIN)/python -m benchmarks.explain
	@$(BIN)/python -m benchmarks.prove
	@$(BIN)/python -m benchmarks.replay
	@$(BIN)/python -m benchmarks.forms

# Node is needed here only: what the pages load is committed under web/static/dist.
assets:
	cd platform/satupintu/web/assets && npm ci && node build.mjs

# The README's screens, taken from the running product in Debian's Chromium.
pictures: $(STAMP)
	@mkdir -p docs/pictures
	@SATUPINTU_ASSURE=1 SATUPINTU_NEED_CHROMIUM=1 SATUPINTU_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_pictures.py

# The page of what `satupintu check` can say; a test holds it against the code.
codes: $(STAMP)
	@$(BIN)/python .ci/codes.py > docs/checks.md

# The page of question types, from the specimens beside them; a test holds it against them.
question-types: $(STAMP)
	@$(BIN)/python .ci/question_types.py > docs/question-types.md

# The public JSON Schema Test Suite, taken from the locked jsonschema's source distribution.
conformance: $(STAMP)
	@$(BIN)/python .ci/conformance.py $(ARGS)

lock:
	@$(PYTHON) -m pip install --quiet uv
	@$(PYTHON) -m uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf .venv var

# durable-rules overwrites CFLAGS, so the optimiser is asked for through CC; no wheel cache, because a
# wheel that an earlier plain install left there would be up to 1.8 times slower.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] < (3, 13)))' \
		|| { echo "Satu Pintu needs Python 3.11 or 3.12: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@command -v gcc >/dev/null || { echo "gcc is missing: apt install gcc"; exit 1; }
	@$(PYTHON) -c 'import pathlib, sysconfig, sys; sys.exit(not (pathlib.Path(sysconfig.get_paths()["include"]) / "Python.h").exists())' \
		|| { echo "The Python headers are missing: apt install python3-dev"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "venv is missing: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		$$(: build tools first, durable-rules is built with them) -r <($(PYTHON) .ci/only.py requirements.lock editables hatchling setuptools wheel packaging pathspec pluggy trove-classifiers)
	@CC="gcc -O3 -fwrapv -fno-strict-aliasing" $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --no-deps --no-cache-dir --no-build-isolation --no-binary durable-rules \
		-r <($(PYTHON) .ci/only.py requirements.lock durable-rules)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
