# Everything that people do with this project. The work itself is in scripts/.

PYTHON := .venv/bin/python
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test lint opmaak bench lock schoon
# One after another, also under `make -j`: two targets share one set-up.
.NOTPARALLEL:

help: ## toont deze lijst
	@echo 'Gebruik: make DOEL'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12

run: ## zet alles op en draait de toepassing met de demo op http://127.0.0.1:8000 (PORT=… voor een andere poort)
	@scripts/opzetten draaien
	@scripts/demodraaien

test: ## zet alles op en draait alle tests; wat de database zelf raakt ook op PostgreSQL, met VOLLEDIG=1 daar ook alle pagina's (ARGS='-k woord' voor een deel)
	@scripts/opzetten toetsen
	@scripts/toets $(ARGS)

lint: ## stijl, opmaak, richting van imports, Django's eigen controle, ontbrekende migraties
	@scripts/opzetten ontwikkelen
	@scripts/lint

opmaak: ## brengt de code in de stijl die lint vraagt
	@scripts/opzetten ontwikkelen
	@.venv/bin/ruff check --fix --quiet || true
	@.venv/bin/ruff format

bench: ## meet de snelheid van de zwaarste pagina's en rapporten
	@scripts/opzetten ontwikkelen
	@$(PYTHON) scripts/bench.py $(ARGS)

lock: ## stelt de vastgelegde versies opnieuw samen uit requirements*.in en package.json
	@scripts/opzetten ontwikkelen
	@scripts/vastleggen

schoon: ## verwijdert .venv, node_modules en bouwsels; nooit de database of de documenten
	rm -rf .venv node_modules staticfiles htmlcov test-results .coverage .coverage.* \
		.hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
