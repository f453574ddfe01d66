# `make demo` and `make test` each do all set-up themselves, in a folder .venv of this checkout.
# Set-up is redone only when pyproject.toml or constraints.txt change. Another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
READY := .venv/ready

.PHONY: demo test bench docs clean

demo: $(READY)
	.venv/bin/missing-sim compare durham-2020-03 good-practice --out results/demo

test: $(READY)
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/pytest -n 2 --dist loadfile -q -rs

# The machine should be quiet: about twenty minutes on one core, a little of it on two. Prints tables and saves the numbers.
bench: .venv/bench
	.venv/bin/python -m benchmarks --out results/reference/benchmarks.json

# The documentation as pages that open from disk, in site/; any warning ends it.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet
	@echo "Open site/index.html"

.venv/bench: $(READY)
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	@touch $@

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "missing-sim needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one with: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "'$(PYTHON)' cannot make virtual environments; on Debian or Ubuntu install the package python3-venv." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:
	rm -rf .venv site .mypy_cache .ruff_cache .pytest_cache .hypothesis results/demo
