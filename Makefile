# Two commands matter: `make review` (the main job) and `make test` (every gate). Both make what they need.

PYTHON ?= python3
INSTALL = -m pip install --disable-pip-version-check --quiet
# No dependency is looked for: the lock holds them all, which `gates` checks. Older releases of pip, left to look for what
# `name[extra]` and `name` ask for, would take the newest one beside the locked one, and stop there.
LOCKED = --require-hashes --only-binary :all: --no-deps
# pip installs into the environment or not at all, and nothing from elsewhere is looked at.
export PIP_REQUIRE_VIRTUALENV = 1
unexport PYTHONPATH PYTHONHOME
SELF = --no-deps --no-build-isolation --no-index --editable .

.PHONY: review test gates unit test-browser example notebooks docs study fuzz read-study mutation oracle bench bench-quick bench-map test-spark test-pips reliability sbom release-check lock clean

review: .venv/core.stamp
	.venv/bin/python -m partnet_analysis review data/raw

test: .venv/dev.stamp
	$(MAKE) gates
	$(MAKE) unit

# Static gates: style, types (also those that the wheel shows to others), the way imports go, docstrings, notebooks without
# outputs, locks that hold and name no address.
gates: .venv/dev.stamp
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/python -m benchmarks.typed
	.venv/bin/lint-imports
	find partnet_analysis -name '*.py' -print0 | xargs -0 .venv/bin/numpydoc lint
	.venv/bin/nbstripout --verify --keep-id notebooks/*.ipynb
	! grep -nE '://|^--|@ ' requirements.lock requirements-dev.lock
	.venv/bin/python -m benchmarks.lock

unit: .venv/dev.stamp
	.venv/bin/python -m pytest -q --numprocesses auto --dist loadfile --cov --cov-report=term

# The browser tests alone, which `unit` runs too; each skips where Chromium is missing (never with PARTNET_REQUIRE_ALL=1).
test-browser: .venv/dev.stamp
	.venv/bin/python -m pytest -q -m browser

# JupyterLab on the notebooks, ready to use.
notebooks: .venv/dev.stamp
	.venv/bin/jupyter lab notebooks

# The documentation, readable from disk: docs/_build/html/index.html.
SPHINX = .venv/bin/sphinx-build -q -W --keep-going -b html
docs: .venv/dev.stamp
	$(SPHINX) -d docs/_build/trees/en docs docs/_build/html/en
	$(SPHINX) -d docs/_build/trees/fr docs/fr docs/_build/html/fr
	cp docs/landing.html docs/_build/html/index.html

# The slow suites, each of which `unit` runs in a short form.
study: .venv/dev.stamp
	.venv/bin/python -m partnet_analysis.synthetic.study 200
fuzz: .venv/dev.stamp
	PARTNET_MUTATIONS=10000 .venv/bin/python -m pytest -q tests/records/files/test_fuzz.py tests/records/files/test_fuzz_texts.py
# Write 2,000 small partnerships in every layout and kind of file, read them back, and count by layout: right, told, wrong.
read-study: .venv/dev.stamp
	.venv/bin/python -m tests.records.sheets.writing.study 2000 --list wrong
# Measure against networkx, igraph and (with VIVAINSIGHTS_PYTHON=… naming a Python that has it) vivainsights; half an hour.
bench: .venv/dev.stamp
	.venv/bin/python -m benchmarks.bench
# The same work in every way at small sizes: do the results agree? No times.
bench-quick: .venv/dev.stamp
	.venv/bin/python -m benchmarks.bench --check
bench-map: .venv/dev.stamp
	.venv/bin/python -m benchmarks.map
# About an hour. Run it in a copy of the project, where nobody edits meanwhile; `mutants/` keeps what was tried, to go on from.
mutation: .venv/dev.stamp
	nice -n 15 .venv/bin/mutmut run --max-children 1
	.venv/bin/python -m benchmarks.mutation
reliability: .venv/dev.stamp
	.venv/bin/python -m benchmarks.reliability

# The same tables by Spark, on a cluster of two worker processes: PySpark is a source package and so in no lock, hence aside.
test-spark: .venv/spark.stamp
	.venv/spark/bin/python -m pytest -q -m spark -p no:cacheprovider tests/records/engines

# Install from the locks, everything having a newer version, with the releases of pip that came with Python 3.11.0, 3.11.7 and
# 3.12.0, 3.13.0 and 3.14.0, the first of which runs on Python 3.11 alone; `unit` does so with the pip that is there.
PIPS ?= 22.3 23.2.1 24.2 25.2
test-pips: .venv/dev.stamp
	PARTNET_PIPS="$(PIPS)" .venv/bin/python -m pytest -q tests/test_lock.py

# Compare the network measures with R's (Debian: r-cran-sna, r-cran-igraph) and show by how much they differ.
oracle: .venv/dev.stamp
	.venv/bin/python -m pytest -q -s tests/oracle

# The list of what the program is made of, as CycloneDX.
sbom: .venv/dev.stamp
	.venv/bin/python -m benchmarks.sbom requirements.lock > sbom.cdx.json

# What is asked of a version before it is published (RELEASING.md): writes dist/ and publishes nothing.
RELEASE = .venv/release/bin
release-check: .venv/release.stamp
	rm -rf dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) .venv/bin/python -c \
		'from flit_core import buildapi as b; import os; os.makedirs("dist"); b.build_sdist("dist"); b.build_wheel("dist")'
	$(RELEASE)/reuse lint
	$(RELEASE)/validate-pyproject pyproject.toml
	$(RELEASE)/repo-review .
	$(RELEASE)/pyroma --min 10 .
	$(RELEASE)/check-wheel-contents dist/*.whl
	$(RELEASE)/twine check --strict dist/*
	$(RELEASE)/cffconvert --validate

# Write the example partnership in data/raw again (a test checks that nothing changes).
example: .venv/core.stamp
	.venv/bin/python -m partnet_analysis.synthetic data/raw

# Only whoever changes a dependency needs this, with uv at hand.
LOCK = uv pip compile pyproject.toml --quiet --group build --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-strip-extras --no-annotate --no-header
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --extra notebooks --constraint requirements.lock --output-file requirements-dev.lock

# The environment is moved aside first: half of one would pass for the machine's own Python.
clean:
	rm -rf .venv-gone && { [ ! -d .venv ] || mv .venv .venv-gone; } && rm -rf .venv-gone
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find data/processed -mindepth 1 ! -name .gitkeep -delete

# An environment that another Python made, or that was never made whole, is made anew.
.venv/made.stamp:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed." if sys.version_info < (3, 11) else 0)'
	rm -rf .venv
	$(PYTHON) -m venv .venv
	touch $@

.venv/core.stamp: requirements.lock pyproject.toml .venv/made.stamp
	.venv/bin/python $(INSTALL) $(LOCKED) --requirement requirements.lock
	.venv/bin/python $(INSTALL) $(SELF)
	# Told from where it stands: Python 3.11 and 3.12 read this file in the locale's letters, and a folder may be moved.
	for file in .venv/lib/python*/site-packages/partnet_analysis.pth; do echo ../../../.. > "$$file"; done
	.venv/bin/python -m pip check
	touch $@

.venv/dev.stamp: requirements-dev.lock .venv/core.stamp
	.venv/bin/python $(INSTALL) $(LOCKED) --requirement requirements-dev.lock
	.venv/bin/python -m pip check
	touch $@

.venv/spark.stamp: pyproject.toml .venv/dev.stamp
	command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless; }
	.venv/bin/python -m venv .venv/spark
	echo "import site; site.addsitedir('$$(echo $(CURDIR)/.venv/lib/python*/site-packages)')" \
		> "$$(.venv/spark/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/partnet.pth"
	.venv/spark/bin/python $(INSTALL) 'pyspark >=4.1' 'pyarrow >=20'
	touch $@

.venv/release.stamp: pyproject.toml .venv/dev.stamp
	.venv/bin/python -m venv .venv/release
	$(RELEASE)/python $(INSTALL) cffconvert check-wheel-contents pyroma reuse 'sp-repo-review[cli]' twine 'validate-pyproject[all]'
	touch $@
