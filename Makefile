# What a person or a machine does with a checkout. Everything but `clean` first sets up what is missing.
#   make run [TEXT=my.txt]     make test [TESTS=tests/engine]     make bench [NAME=stream]     make setup [TORCH=cuda] [PYTHON=python3.12]
VENV := .venv/bin

.PHONY: setup run test lint bench clean

setup:
	@python=$$(sh scripts/find_python.sh "$(PYTHON)") && "$$python" scripts/set_up.py

run: setup
	@$(VENV)/python -m gui $(if $(TEXT),"$(TEXT)")

test: setup
	@QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest $(TESTS)

lint: setup
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy

bench: setup
	@$(VENV)/python -m gui bench $(or $(NAME),stream)

clean:
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
