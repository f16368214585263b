# make run            audit the example: the main job
# make test           every check that needs only Python
# make explore        new random examples of every property, for MINUTES=10
# make wheels         install the built wheel as on a processor for which few wheels are built
# make test-external  the tests on a real PostgreSQL, MariaDB and Spark
# make verify         prove the rules anew, and keep beside them what came of it
# make bench          compare with hand-written functions and other engines
# make bench-scale    audit a made-up nation on DuckDB, against SQL and polars by hand
# make docs           build the documentation
#
# Each makes the environment that it needs, and installs nothing the second time.
# Another interpreter gets an environment of its own: make test PYTHON=python3.13

PYTHON ?= python3
FACTS := examples/putian/facts.json

version := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null)
release := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)

ifeq ($(version),)
$(error `$(PYTHON)` does not run: install Python 3.10 or later, or name one with PYTHON=)
endif
ifneq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 10))'),True)
$(error `$(PYTHON)` is Python $(version): 3.10 or later is needed; name one with PYTHON=)
endif

venv := $(if $(filter python3,$(PYTHON)),.venv,.venv-$(release))
python := $(venv)/bin/python

pytest := $(python) -m pytest --numprocesses auto --dist worksteal
TRIED := hypothesis or mutants

.NOTPARALLEL:
.PHONY: run test lint types imports tests measured others explore wheels external-environment test-external verify bench bench-scale docs

# Status 1 says that the example falls short of the directive, which it is there to show.
run: $(venv)/.run-$(version)
	@$(venv)/bin/policy-rules audit $(FACTS) || test $$? -eq 1
	@echo
	@echo 'Try next:'
	@echo '  $(venv)/bin/policy-rules decide $(FACTS) --name duty_mode'
	@echo '  $(venv)/bin/policy-rules check $(FACTS)'
	@echo '  $(venv)/bin/policy-rules explain $(FACTS) --subject stations/350304540000 --name duty_mode'
	@echo '  $(venv)/bin/policy-rules explain $(FACTS) --subject stations/350302540000 --cite 4.2/3'
	@echo '  $(venv)/bin/policy-rules audit $(FACTS) --worst 30 --set most_days_owed=10'
	@echo '  $(venv)/bin/policy-rules audit $(FACTS) --as-of 2019-09-01'
	@echo '  $(venv)/bin/policy-rules watch $(FACTS) --events examples/putian/events.jsonl'
	@echo '  $(venv)/bin/policy-rules audit $(FACTS) --lang zh --reading strength_counts=sworn_and_auxiliary'

test: lint types imports tests

lint: $(venv)/.test-$(version)
	$(python) -m ruff check
	$(python) -m ruff format --check

types: $(venv)/.test-$(version)
	$(python) -m mypy

imports: $(venv)/.test-$(version)
	$(venv)/bin/lint-imports --no-logo

tests: measured others

# Where durable-rules is not installed, its engine cannot be measured.
measured: $(venv)/.test-$(version)
	@if $(python) -c 'from importlib.metadata import version; version("durable-rules")' 2>&-; then \
	  left_out=none; \
	else \
	  left_out='*/policy_rules/engines/durable/*'; \
	  echo 'durable-rules is not installed: its engine is neither tested nor measured'; \
	fi; \
	NOT_MEASURED="$$left_out" $(pytest) --cov -m 'measured and not (external or $(TRIED))'

# Not measured, which takes more than twice the time: the tests of other packages, and what only
# random examples reach, which is reached by luck.
others: $(venv)/.test-$(version)
	$(pytest) -m '(not measured or $(TRIED)) and not external'

# How long: no round of it begins when so many minutes are over.
MINUTES ?= 10
explore: $(venv)/.test-$(version)
	$(python) tools/explore.py $(MINUTES)

wheels: $(venv)/.run-$(version)
	$(python) tools/wheels.py

external-environment: $(venv)/.external-$(version)

test-external: external-environment
	$(pytest:worksteal=loadfile) -m external tests/external

verify: $(venv)/.test-$(version)
	$(python) tools/verification.py

bench: $(venv)/.bench-$(version)
	$(python) -m benchmarks

bench-scale: $(venv)/.bench-$(version)
	$(python) -m benchmarks.scale

docs: $(venv)/.docs-$(version)
	$(python) -m sphinx --fail-on-warning --quiet docs docs/_build/html
	@echo 'open docs/_build/html/index.html'

# A stamp for each extra, so that a second run asks neither pip nor the network. Every extra brings
# what `make run` needs.
$(venv)/.%-$(version): setup.cfg pyproject.toml
	@$(PYTHON) tools/environment.py $(venv) $(filter-out run,$*)
	@touch $(venv)/.run-$(version) $@
