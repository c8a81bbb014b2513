#!/usr/bin/env bash
# Measures the built program over a database of its own on the server that TEST_DATABASE_URL names.
set -euo pipefail
cd "$(dirname "$0")/.."
export DATABASE_URL="${TEST_DATABASE_URL%/*}/bench_$$?${TEST_DATABASE_URL#*\?}"
go run ./repository/repositorytest/crowd 0
cd frontend && npx playwright test --config bench/playwright.config.ts
