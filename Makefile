# Needs: Python 3.11 or newer with venv, GNU make, git. Everything else is installed into .venv.
# Paths are relative throughout, so that the project may lie in a directory with spaces in its name.

PYTHON ?= python3
PY := .venv/bin/python
STAMPS := .venv/.stamps
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(if $(UPGRADE),--upgrade)
# What only reads the code must not look at any database.
NO_DATABASE := DATABASE_URL=postgres://nobody@/none

.PHONY: help demo test faults check bench lock reset
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo 'make demo             the portal with a demo city on http://127.0.0.1:8000  (PORT=8001, CITY=DIR, HURDLES=100000)'
	@echo 'make test             all tests  (T=tests/budget for a part)'
	@echo 'make faults           the tests that kill things, at many moments  (ROUNDS=5), and the biggest city'
	@echo 'make check            format, lint, types, imports, migrations, translations, templates'
	@echo 'make bench            what is fast is measured  (MILLION=1 adds a million hurdles)'
	@echo 'make lock             resolves the requirements anew  (UPGRADE=1 takes newer versions)'
	@echo 'make reset            deletes var/ after asking  (YES=1 does not ask)'

# exec: the demo is make's own child, gets the signals that make gets, and notices when make is killed.
demo: $(STAMPS)/demo $(CATALOGUES)
	@exec $(PY) -m dxportal.embedded.demo

test: $(STAMPS)/dev $(CATALOGUES)
	@exec $(PY) -m dxportal.embedded.test -n 3 --dist loadscope --no-loadscope-reorder $(T)

# Once each they are in `make test`, too; the city is a small one there.
faults: $(STAMPS)/dev $(CATALOGUES)
	@FAULT_ROUNDS=$(or $(ROUNDS),5) BIG_CITY=1 exec $(PY) -m dxportal.embedded.test -s tests/faults tests/city/test_big_city.py

check: $(STAMPS)/dev $(CATALOGUES)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(NO_DATABASE) $(PY) -W 'ignore:Got an error checking a consistent migration history' manage.py makemigrations --check --dry-run
	$(NO_DATABASE) $(PY) manage.py check_translations
	$(PY) -m djlint templates --lint --quiet
	$(NO_DATABASE) $(PY) manage.py check --fail-level WARNING

bench: $(STAMPS)/dev $(CATALOGUES)
	@exec $(PY) -m benchmarks $(if $(MILLION),--million) $(SIZES)

lock: $(STAMPS)/tools
	$(COMPILE) -o requirements-tools.txt requirements-tools.in
	$(COMPILE) -o requirements.txt requirements.in
	$(COMPILE) -o requirements-demo.txt requirements-demo.in
	$(COMPILE) -o requirements-dev.txt requirements-dev.in

reset:
	@exec $(PYTHON) -m dxportal.embedded.reset

# uv takes a second where pip takes forty, but pip alone must do as well.
define install
	@echo 'Installing packages … ／パッケージをインストールします。'
	@$(PY) -m uv pip install --quiet --python $(PY) --require-hashes $(1) || { \
		echo 'uv cannot do it; pip tries. ／pip でインストールします。'; \
		$(PY) -m pip install -qq --disable-pip-version-check --require-hashes $(1); }
	@touch $@
endef

$(STAMPS)/demo: $(STAMPS)/tools requirements.txt requirements-demo.txt
	$(call install,-r requirements.txt -r requirements-demo.txt)

$(STAMPS)/dev: $(STAMPS)/demo requirements-dev.txt
	$(call install,-r requirements-dev.txt)

$(STAMPS)/tools: requirements-tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or newer is needed: make PYTHON=… ／Python 3.11 以上が必要です。' >&2; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
		echo 'Making .venv … ／Python の環境を作ります。'; $(PYTHON) -m venv --clear .venv; }
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-tools.txt || \
		echo 'uv cannot be installed; pip does its work.'
	@mkdir -p $(STAMPS) && touch $@

%.mo: %.po
	@$(PY) -m babel.messages.frontend --quiet compile -i $< -o $@
