# make run    set everything up and start the dashboard;
#             EXTRAS=pretrained adds what requirements-pretrained.txt names, EXTRAS=a,b two of them
# make test   set everything up, Chromium included, and run every check and test
# make trust  run every test five times over, on one core beside a busy loop (hours; Linux);
#             SHARD=2/6 runs the second of six shards
# make bench  measure the figures in the README again, into benchmarks/results.json
# make pictures  make the pictures in the README and in docs/architecture.md again
# make lock   write requirements.lock again: the newest versions that fit, with hashes (needs a network)
# make train  make all that ships again: weights, runs and measured results (many hours)
#
# Everything is installed into .venv, and again only when the requirements change.

PORT ?= 8501
BIN := .venv/bin
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))

.PHONY: help run test trust lint scripts bench pictures lock train clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: .venv/run.stamp
	@exec $(BIN)/python start.py --port $(PORT) $(if $(EXTRAS),--extras "$(EXTRAS)")

# A process more than the two cores that CI has: tests of lost workers and servers mostly wait.
test: lint .venv/chromium.stamp
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal

trust: .venv/chromium.stamp
	$(BIN)/python -m tests.trust $(if $(SHARD),--shard $(SHARD))

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(MAKE) --no-print-directory scripts
	@if [ -x $(BIN)/hadolint ]; then echo $(BIN)/hadolint Dockerfile; $(BIN)/hadolint Dockerfile; fi

# The browser's scripts are checked where there is Node; nobody needs it to run the dashboard.
scripts:
	@if ! node -e "const [a, b] = process.versions.node.split('.'); process.exit(a < 20 || (a == 20 && b < 19) ? 1 : 0)" \
	  2>/dev/null || ! command -v npm >/dev/null; then \
	  echo "eslint and tsc: skipped, they need Node 20.19 or newer with npm."; \
	elif ! $(MAKE) --no-print-directory node_modules/.stamp; then \
	  echo "eslint and tsc: skipped, npm could not install them."; \
	else echo "eslint ."; npx --no-install eslint . && echo tsc && npx --no-install tsc; fi

node_modules/.stamp: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

bench: .venv/chromium.stamp requirements-bench.txt
	$(BIN)/python -m pip install --quiet -r requirements-bench.txt
	$(BIN)/python -m benchmarks $(NAMES)

pictures: .venv/chromium.stamp
	$(BIN)/python -m docs.architecture
	$(BIN)/python -m docs.pictures

# torch and torchvision come from whichever index has the build that is wanted, with CUDA or without,
# and bring what that build needs of CUDA.
lock: .venv/dev.stamp
	$(BIN)/uv pip compile requirements.txt --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-package torch --no-emit-package torchvision > .venv/lock.txt
	awk '/^[^ ]/ { cuda = /^(nvidia|cuda|triton)/ } !cuda' .venv/lock.txt > requirements.lock

train: .venv/run.stamp
	$(BIN)/python -m core train all

clean:
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An old pip does not know the newest wheel tags; without a network the one that is there must do.
.venv/bin/python:
	@for python in $(PYTHON) $(PYTHONS); do \
	  if $$python -c "$(FITS)" >/dev/null 2>&1; then \
	    echo "$$($$python --version) -> .venv"; rm -rf .venv; exec $$python -m venv .venv; fi; \
	done; \
	echo "Python 3.11 to 3.14 with its venv module is needed (on Debian: apt install python3-venv)."; \
	exit 1

.venv/run.stamp: requirements.txt | .venv/bin/python
	@$(BIN)/python start.py --set-up

.venv/dev.stamp: requirements-dev.txt requirements-pretrained.txt requirements-pictures.txt requirements-postgres.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet -r requirements-pretrained.txt -r requirements-pictures.txt -r requirements-postgres.txt \
	  -r requirements-dev.txt
	@touch $@

# Debian's Chromium when we may install it, with the fonts for Korean; otherwise Playwright's own.
# nginx stands before the application in some tests, and PostgreSQL behind it; where one is missing
# they are skipped.
.venv/chromium.stamp: .venv/dev.stamp
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=$$(for each in chromium fonts-noto-cjk nginx-light postgresql; do \
	    dpkg -s $$each >/dev/null 2>&1 || echo $$each; done); \
	  [ -z "$$missing" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } \
	  || echo "Not installed: $$missing"; fi
	@if [ -x /usr/bin/chromium ]; then echo "Chromium: /usr/bin/chromium"; \
	else $(BIN)/python -m playwright install chromium \
	  || echo "No Chromium could be installed: the browser tests are skipped, and say so."; fi
	@touch $@
