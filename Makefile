# Constat in two commands: make run, make test. Only relative paths: the folder may hold a space.
SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv/bin/python
MODELS := $(wildcard claims/extraction/pipeline/*.whl)
CORPORA ?= ../shared/corpora
GOLD ?= seeds/gold/seed.txt ../shared/gold/train ../shared/gold/wikinews
ARGS ?=

# A .venv that is missing, came with a copy from elsewhere, lost the Python it was made with, or
# was left half installed is made anew.
ifneq ($(shell test ! -e .venv/unfinished && $(VENV) -c 'import pip; print("sound")' 2>/dev/null),sound)
.PHONY: $(VENV) .venv/installed .venv/installed-dev
endif

.PHONY: help install install-dev run test lint format messages schema model weights screenshots lighthouse lock audit clean
help: ## Show this list
	@sed -n 's/^\([a-z%-]*\):.*## /\1\t/p' Makefile | expand -t 12

install: .venv/installed ## Install what running takes (into .venv)
install-dev: .venv/installed-dev ## Install what testing takes as well

run: .venv/installed ## Install, prepare the database, load the seeds, serve on HOST:PORT
	@$(VENV) manage.py start

# Tests start the site in many processes: its code is compiled once, whatever the environment says.
test: .venv/installed-dev ## Run every test, on all processors (ARGS="-k name" for some)
	@PYTHONDONTWRITEBYTECODE= $(VENV) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/installed-dev ## Check style
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m djlint --check --lint --quiet templates

format: .venv/installed-dev ## Put style right
	@$(VENV) -m ruff check --fix .
	@$(VENV) -m ruff format .
	@$(VENV) -m djlint --reformat --quiet templates

messages: .venv/installed ## Collect and compile the translations (takes GNU gettext)
	@$(VENV) manage.py makemessages --locale fr --no-obsolete --ignore .venv --ignore var --ignore tests
	@$(VENV) manage.py compilemessages --ignore .venv

schema: .venv/installed ## Write the API schema anew
	@$(VENV) manage.py spectacular --lang en --validate --fail-on-warn --file docs/api-schema.yaml

model: .venv/installed-dev ## Train the French pipeline (CORPORA=folder)
	@$(VENV) -m claims.extraction.pipeline.train --corpora "$(CORPORA)"

weights: .venv/installed-dev ## Train what the extractor learns from annotated articles (GOLD="folder …")
	@$(VENV) -m claims.extraction.training --gold $(GOLD)

screenshots: .venv/installed-dev ## Take the pictures of docs/ anew
	@SCREENSHOTS=1 $(VENV) -m pytest tests/browser/test_story.py tests/browser/test_pictures.py -n0 -q

lighthouse: .venv/installed-dev ## Have Lighthouse look at a site that runs (says how to get it)
	@$(VENV) -m benchmarks.lighthouse $(ARGS)

lock: .venv/installed-dev ## Write requirements.lock anew: each package that runs, with its hashes
	@# But the pipeline, a file of this repository, whose history holds it.
	@grep -v '^\./' requirements.txt | $(VENV) -m piptools compile --quiet --generate-hashes --allow-unsafe \
	  --strip-extras --no-header --no-annotate --no-emit-options --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --output-file requirements.lock -

audit: .venv/installed-dev ## Ask whether a locked package has a known weakness (needs a way to them)
	@$(VENV) -m pip_audit --disable-pip --require-hashes -r requirements.lock

bench-%: .venv/installed-dev ## Run benchmarks/%.py
	@$(VENV) -m benchmarks.$* $(ARGS)

clean: ## Remove what can be made again; the data in var/ stay
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis staticfiles test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements.txt $(MODELS) | $(VENV)
	@$(call pip,requirements.txt)
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt $(MODELS) | $(VENV)
	@$(call pip,requirements-dev.txt)
	@touch .venv/installed $@

$(VENV):
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then echo "Making .venv with $$($$python --version)"; exec $$python -m venv --clear .venv; fi; \
	done; \
	echo "Constat needs Python 3.11 or later, with its venv module (on Debian: apt install python3-venv)." >&2; \
	exit 1

# Installs from the file $(1). Of pip's many lines one remains, with dots while it goes on. From
# its first change to .venv until its last, .venv/unfinished tells of an interruption.
define pip
set -o pipefail; test -t 1 && line='\r\033[K' || line='\n'; \
while sleep 2 && kill -0 $$$$; do printf .; done 2>/dev/null & trap "kill $$!" EXIT; \
printf "Installing from $(1)"; \
PYTHONUNBUFFERED=1 $(VENV) -m pip install --disable-pip-version-check --no-input --progress-bar off \
  -r $(1) | while read -r word package _; do case "$$word $$package" in \
    "Collecting "*) printf "$${line}Fetching $$package" ;; \
    "Installing collected") touch .venv/unfinished; printf "$${line}Unpacking" ;; \
  esac; done && rm -f .venv/unfinished && printf "$$line"
endef
