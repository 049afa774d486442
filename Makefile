# Commands of the project; docs/operations.md says more. Registries are those of your own pip and npm settings.
PORT ?= 8000
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
PY := $(VENV)/bin/python
COMPILE := $(PY) -m uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Compiled modules are kept, so that a program starts in a second instead of four.
unexport PYTHONDONTWRITEBYTECODE

# uv only makes it faster, where it is on PATH: it neither makes the environment nor fetches a Python.
define install
	@echo "Installing $(1) ..."
	@if command -v uv >/dev/null 2>&1; then \
		uv pip install -q --compile-bytecode --python $(PY) --require-hashes --only-binary :all: -r $(1); \
	else \
		$(PY) -m pip install -q --require-hashes --only-binary :all: -r $(1); \
	fi
endef

# What `check --deploy` is run with: the shape of a real installation. Nothing is connected to.
PRODUCTION := SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=scorecard.example.org DEBUG= DATABASE_URL=postgres://lscb@127.0.0.1/lscb \
	REDIS_URL=redis://127.0.0.1:6379/0 EMAIL_URL=smtp+tls://user:password@127.0.0.1:587

.PHONY: help run test check bench lock clean assets format lint types imports migrations templates deploy

help:
	@echo "make run     all set-up, then the product on http://127.0.0.1:$(PORT) (PORT changes it)"
	@echo "make test    all set-up, then every check and test"
	@echo "make check   the static checks alone"
	@echo "make bench   measure speed on the sample; prints figures, judges none"
	@echo "make lock    lock the requirements anew"
	@echo "make clean   remove what set-up built; the data in var/ stays"

run: $(VENV)/.base assets
	@$(PY) manage.py serve --port $(PORT)

test: $(VENV)/.dev assets
	@$(PY) tests/run.py

check: format lint types imports migrations templates deploy

# Each check is a target of its own, so that `make -k -j2 check` runs all of them and names those that fail.
format: $(VENV)/.dev
	$(PY) -m ruff format --check --quiet .
lint: $(VENV)/.dev
	$(PY) -m ruff check --quiet .
types: $(VENV)/.dev
	$(PY) -m mypy
imports: $(VENV)/.dev
	$(VENV)/bin/lint-imports --no-cache
migrations: $(VENV)/.dev
	$(PY) manage.py makemigrations --check --dry-run
templates: $(VENV)/.dev
	$(PY) manage.py check_templates
deploy: $(VENV)/.dev
	@echo "$(PY) manage.py check --deploy --fail-level WARNING"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

# On the data of `make run`, which it loads where it is missing.
bench: $(VENV)/.dev assets
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@$(PY) manage.py sample
	$(PY) -m benchmarks.recompute
	$(PY) -m benchmarks.scorecard
	$(PY) -m benchmarks.pages
	$(PY) -m benchmarks.browser

assets: | $(PY)
	@$(PY) -m lscb.assets

$(PY):
	@test -n "$(PYTHON)" || { echo "Install Python 3.11 or newer first." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv failed; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.base: requirements/base.txt | $(PY)
	$(call install,requirements/base.txt)
	@touch $@

# All of base.txt stands in dev.txt, in the same versions.
$(VENV)/.dev: requirements/dev.txt requirements/base.txt | $(PY)
	$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/.base

lock: $(VENV)/.dev
	$(COMPILE) requirements/base.in -o requirements/base.txt
	$(COMPILE) -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts

clean:
	rm -rf $(VENV) .venv-node node_modules lscb/static/vendor .mypy_cache .ruff_cache .pytest_cache
