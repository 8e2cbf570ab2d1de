# make run    set everything up and open the dashboard
# make test   set everything up, Chromium included, and pass all tests
# make bench  measure the README's figures again
# make train  train the shipped weights again (needs MNIST; about an hour on 2 cores)
# make format / make pictures / make clean

PYTHON ?= $(shell python3.11 --version >/dev/null 2>&1 && echo python3.11 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# A desktop gets the browser opened; a server only prints the address.
HEADLESS := $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s))),false,true)

.PHONY: run test lint bench train format pictures clean chromium

run: $(VENV)/app
	$(BIN)/streamlit run dashboard.py --server.headless $(HEADLESS)

test: $(VENV)/dev chromium lint
	$(BIN)/python -m pytest

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; else echo "hadolint has no build for this machine: Dockerfile not linted"; fi

bench: $(VENV)/dev chromium
	$(BIN)/python -m benchmarks

train: $(VENV)/app
	$(BIN)/python -m core.vision.train notes
	$(BIN)/python -m core.vision.train ours

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pictures: $(VENV)/dev chromium
	$(BIN)/python -m docs.pictures

# torch first and alone: whatever build of it is at hand is then kept, and torchvision fits it.
$(VENV)/app: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	$(PIP) install --quiet "$$(grep '^torch==' requirements.txt)"
	$(PIP) install --quiet -r requirements.txt
	touch $@

$(VENV)/dev: $(VENV)/app requirements-dev.txt
	$(PIP) install --quiet -r requirements-dev.txt
	touch $@

# Debian's Chromium and a font for Korean where we may install them; else Playwright's own. Without
# either the browser tests are skipped, and say so.
chromium: $(VENV)/dev
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		dpkg -s chromium fonts-noto-cjk >/dev/null 2>&1 || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; }; \
	elif [ ! -x /usr/bin/chromium ]; then \
		$(BIN)/playwright install chromium; \
	fi || echo "No Chromium could be installed: the browser tests will be skipped."

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
