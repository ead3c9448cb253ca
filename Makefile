# The few commands of the project; `make help` lists them. Everything is built once, in one profile.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run port test lint deny sbom fmt schema documents authz bench soak guards mutants web build

BIN := $(or $(CARGO_TARGET_DIR),target)/debug
STEP := deploy/step.sh
NPM := ../deploy/with-node.sh npm
# cargo-nextest runs the tests of all binaries side by side; plain cargo does where it is missing.
RUST_TESTS = $(shell cargo nextest --version >/dev/null 2>&1 && echo nextest run || echo test)
WEB_SOURCES := $(shell find frontend/src frontend/public graphql -type f 2>/dev/null) \
    $(wildcard frontend/*.ts frontend/*.json frontend/index.html)

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: port web ## build the web app and the binary, start everything on http://127.0.0.1:8080
	cargo build --package server
	$(BIN)/plumbline dev

port:
	@deploy/port-is-free.sh

# The linter is a compiler: what it looks at is built in the same pass.
test: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test: export CLIPPY_ARGS := -D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
test: ## everything that must hold before a merge; brings what it needs, says how long each step took
	@$(STEP) 'what the tests need' deploy/bootstrap.sh
	@$(STEP) 'Rust formatting' cargo fmt --all --check
	@$(STEP) 'licences, bans and sources' deploy/deny.sh optional
	@$(STEP) 'Rust build and lints' cargo build --workspace --all-targets
	@$(STEP) 'Rust tests' $(BIN)/with-postgres cargo $(RUST_TESTS) --workspace
	@$(STEP) 'GraphQL schema is fresh' deploy/schema-is-fresh.sh $(BIN)/plumbline
	@$(STEP) 'web app' $(MAKE) --no-print-directory web
	@cd frontend && ../$(STEP) 'web types' $(NPM) run typecheck
	@$(STEP) 'trusted documents are fresh' deploy/documents-are-fresh.sh
	@cd frontend && ../$(STEP) 'web lints' $(NPM) run lint
	@cd frontend && ../$(STEP) 'web tests' $(NPM) run test
	@cd frontend && PLUMBLINE_BIN="$(abspath $(BIN)/plumbline)" \
	    ../$(STEP) 'browser tests' $(NPM) run test:e2e

lint: frontend/node_modules/.package-lock.json ## formatting and lints of both halves
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cd frontend && $(NPM) run lint
	deploy/deny.sh optional

deny: ## licences, banned crates and sources of all Rust dependencies; advisories need a network (deny.toml)
	deploy/deny.sh

sbom: deploy/sbom/node_modules/.package-lock.json ## what is in the binary and the web app, as CycloneDX in target/sbom; checked
	cd deploy/sbom && ../with-node.sh node sbom.mjs write ../../target/sbom
	cd deploy/sbom && ../with-node.sh node sbom.mjs check ../../target/sbom

deploy/sbom/node_modules/.package-lock.json: deploy/sbom/package-lock.json deploy/sbom/package.json
	cd deploy/sbom && ../with-node.sh npm ci --omit=optional --ignore-scripts --no-audit --no-fund
	@touch $@

fmt: ## format the Rust code
	cargo fmt --all

schema: ## write graphql/schema.graphql from the code
	cargo build --package server
	$(BIN)/plumbline schema > graphql/schema.graphql

documents: frontend/node_modules/.package-lock.json ## write graphql/documents.json, the operations that sessions may run, from the web app
	cd frontend && $(NPM) run codegen
	cp frontend/src/gql/documents.json graphql/documents.json

authz: build ## write graphql/authz.golden, the authorisation matrix, from the code; read the difference before you commit it
	PLUMBLINE_WRITE_GOLDEN=1 $(BIN)/with-postgres cargo $(RUST_TESTS) --package acceptance authorisation_matrix

bench: ## measure against peers and targets (docs/performance.md); release build, takes long
	cargo run --release --package benches

soak: build web ## the long forms of the tests, workbooks in LibreOffice and selections in HiGHS, which it brings
	@$(STEP) 'what the soak needs' deploy/bootstrap.sh soak
	PLUMBLINE_SOAK=1 $(BIN)/with-postgres cargo $(RUST_TESTS) --package acceptance --package workbook --package costshare --package ranking
	@$(STEP) 'GraphQL under Schemathesis' deploy/schemathesis.sh $(BIN)/plumbline

guards: build ## take each guard against a known defect of a library away and see whether its test notices; takes half an hour
	deploy/guards.py

mutants: ## change the rule calculators in every small way and see whether a test notices; takes hours
	cargo mutants --package eligibility --package procurement --package costshare

build:
	cargo build --workspace --all-targets

web: frontend/dist/index.html

frontend/node_modules/.package-lock.json: frontend/package-lock.json frontend/package.json
	cd frontend && $(NPM) ci --no-audit --no-fund
	@touch $@

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(WEB_SOURCES)
	cd frontend && $(NPM) run build
	@touch $@
