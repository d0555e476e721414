# The few commands of this project. Only Python 3.11 or newer and make are needed.
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
export DEBUG ?= 1

.PHONY: demo test test-long axe check fix docs handboek bench kosten post fuzz chaos maat paginas werkdag lock backup restore
.PHONY: sbom audit clean

demo: build/.stamp  ## the running application, filled, on port $(PORT) of this machine
	$(PY) manage.py migrate -v0
	$(PY) manage.py demo
	$(PY) manage.py runserver --nostatic 127.0.0.1:$(PORT)

test: build/.stamp  ## everything, on PostgreSQL, the browser included
	$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

test-long: build/.stamp  ## the werkwijze beside the product, 2,000 runs of 30 steps
	RUNS=2000 $(PY) -m pytest tests/model/test_werkwijze.py

axe: build/.stamp  ## every page by itself, every rule in every look
	AXE_ALL=1 $(PY) -m pytest -n 2 tests/browser/test_toegankelijk.py

check: build/.stamp  ## what can be said without running the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check

fix: build/.stamp  ## format, and write again what is generated
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	$(MAKE) docs

docs: build/.stamp
	$(PY) manage.py workflow > docs/workflow.md
	$(PY) manage.py instellingen > docs/settings.md
	$(PY) manage.py shell --no-imports -c 'from tests.access import paper; print(paper.text(), end="")' > docs/autorisatiematrix.md

handboek: build/.stamp  ## the pictures of docs/handboek, out of a school year in the browser
	HANDBOEK=1 $(PY) -m pytest tests/browser/test_schooljaar.py

bench: build/.stamp  ## what bench/README.md says of clicks, seconds and weight
	$(PY) -m pytest tests/browser/test_budgets_ib.py tests/browser/test_budgets_team.py tests/browser/test_gewicht.py
	cat build/budgets.md

post: build/.stamp  ## 500 steps with the mail server down, and what arrives when it is up again
	STAPPEN=500 $(PY) -m pytest tests/post/test_smtp.py -k nothing_personal

fuzz: build/.stamp  ## odd requests against the real production server: FUZZ=200 for fewer, SEED=7 for others
	$(PY) -m bench.fuzz

chaos: build/.stamp  ## what breaks on purpose: kills, crashes of the database, full disks, clocks (about half an hour)
	$(PY) -m bench.chaos

kosten: build/.stamp  ## what closing costs: pages with and without, in one run
	$(PY) -m bench.kosten

maat: build/.stamp  ## a database of the size of a samenwerkingsverband: MAAT=M of ten, MAAT=L of the country
	$(PY) -m bench.maat $(or $(MAAT),S)

paginas: build/.stamp  ## the main pages beside a bare page: MATEN="S L", ROUNDS=40 (first: make maat)
	$(PY) -m bench.paginas $(or $(MATEN),S)

werkdag: build/.stamp  ## fifty people at work for five minutes: MAAT=L, MINUTES=1 (first: make maat)
	$(PY) -m bench.werkdag $(or $(MAAT),S)

lock:  ## requirements*.lock from pyproject.toml; they name no host
	test -x .tools/bin/uv || (python3 -m venv .tools && .tools/bin/pip install -q uv==0.13.9)
	.tools/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	.tools/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock

backup: build/.stamp  ## of the demo, in build/kopie; production: docs/operations.md
	$(PY) manage.py backup build/kopie

restore: build/.stamp  ## FILE=build/kopie/….dump: into a database beside the demo, compared in every row
	$(PY) manage.py restore $(FILE) --database expertteam_terug

sbom: .venv/.stamp  ## what the product is made of (CycloneDX), in build/sbom.json
	mkdir -p build
	$(PY) .ci/sbom.py > build/sbom.json

audit: requirements.lock  ## known weaknesses of what is in the lock; asks a service on the internet
	test -x .tools/bin/pip-audit || (python3 -m venv .tools && .tools/bin/pip install -q pip-audit==2.10.1)
	.tools/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

clean:  ## removes the environment and the demo with its database
	test ! -x $(PY) || $(PY) -m expertteam.postgres.server --remove
	rm -rf .venv .tools .local build staticfiles

.venv/.stamp: requirements-dev.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

build/.stamp: .venv/.stamp expertteam/management/commands/lettertypen.py
	$(PY) manage.py lettertypen
	@touch $@
