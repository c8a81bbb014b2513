# Zhongda. `make` lists the words; `make run` is all a first look needs.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VERSION := $(or $(VERSION),$(shell git describe --tags --always --dirty 2>/dev/null),unknown)
# Further flags for `go test` (-v, -run, -short) and arguments for `zhongda serve`.
GOTESTFLAGS ?=
ARGS ?=

GOLANGCI_VERSION := v2.15.0
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/zhongda/tools
GOLANGCI := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)

NODE_MODULES := frontend/node_modules/.package-lock.json
BUNDLE := frontend/dist/index.html
BUNDLE_SOURCES := $(shell find frontend/src frontend/public frontend/scripts -type f 2>/dev/null) \
	$(wildcard frontend/index.html frontend/*.json frontend/*.ts)
GENERATED := api/openapi.yaml frontend/src/api/schema.ts
WITH_POSTGRES := go run ./repository/repositorytest/withpostgres

.PHONY: help
help: ## Show these words
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: setup build ## Everything to a working system with demo data at http://localhost:8080
	exec bin/zhongda serve --demo $(ARGS)

.PHONY: simulate
simulate: setup build ## Months of made-up reports in the trial, marked on every page (ARGS="--months 6"; ARGS=--remove takes them away)
	bin/zhongda simulate $(ARGS)

.PHONY: build
build: $(BUNDLE) ## One binary with everything in it: bin/zhongda
	@echo "$(VERSION)" > frontend/dist/version.txt # a bundle that is up to date belongs to this version too
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/zhongda .

.PHONY: test
test: setup-test build test-go test-frontend test-e2e ## Everything that proves it

.PHONY: test-go
test-go: ## Go: vet, and all tests with the race detector beside a real PostgreSQL
	go vet ./...
	$(WITH_POSTGRES) go test -race -timeout 30m $(GOTESTFLAGS) ./...

.PHONY: test-frontend
test-frontend: $(NODE_MODULES) ## Front end: type check, lint and unit tests
	cd frontend && npm run check
	cd frontend && npm test

.PHONY: test-e2e
test-e2e: build ## The built program in a real browser
	$(WITH_POSTGRES) npm --prefix frontend run e2e

.PHONY: bench
bench: setup-test build ## What pages cost in a browser: the catalogue, 10,000 projects (BENCH_PROJECTS=…), far down 100,000
	$(WITH_POSTGRES) deploy/bench.sh

.PHONY: check
check: check-go check-frontend check-generated ## Format, vet, linters, type check, generated files

.PHONY: check-go
check-go: $(GOLANGCI)
	@unformatted=$$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 gofmt -l); \
	if [ -n "$$unformatted" ]; then printf 'not gofmt-ed:\n%s\n' "$$unformatted"; exit 1; fi
	go vet ./...
	$(GOLANGCI) run ./...

.PHONY: check-frontend
check-frontend: $(NODE_MODULES)
	cd frontend && npm run check

.PHONY: check-generated
check-generated: generate
	git diff --exit-code -- $(GENERATED)

.PHONY: generate
generate: $(NODE_MODULES) ## The OpenAPI description from the routes, and the TypeScript types from it
	@mkdir -p .make
	go run . openapi > .make/openapi.yaml
	cmp -s .make/openapi.yaml api/openapi.yaml || cp .make/openapi.yaml api/openapi.yaml
	cd frontend && npm run generate

.PHONY: setup
setup: .make/setup ## Find or install what building and running need

.PHONY: setup-test
setup-test: .make/setup-test ## Find or install what the tests need too

.PHONY: clean
clean: ## Remove what was built; data and settings stay
	rm -rf .make bin frontend/node_modules frontend/test-results frontend/playwright-report
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

.make/setup: deploy/setup.sh go.mod
	@mkdir -p $(@D)
	deploy/setup.sh
	@touch $@

.make/setup-test: deploy/setup.sh go.mod
	@mkdir -p $(@D)
	deploy/setup.sh --test
	@touch $@ .make/setup

$(NODE_MODULES): frontend/package.json frontend/package-lock.json
	cd frontend && npm ci
	@touch $@

$(BUNDLE): $(NODE_MODULES) $(BUNDLE_SOURCES)
	cd frontend && npm run build
	@touch $@

# Compiled from source, some minutes, once per version.
$(GOLANGCI):
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(TOOLS)/golangci-lint $@
