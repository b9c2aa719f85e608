# OpenVoiceNews. `make demo` opens a demonstration edition; `make test` checks everything.
PORT ?= 8080
SECONDS ?= 60
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test check rust editor web pages shots pictures fuzz objects torture has-cargo

help: ## Say what there is
	@echo 'make demo    build the program and open a demonstration edition at http://127.0.0.1:$(PORT)'
	@echo 'make test    check everything; says what it installs'
	@echo 'make check   the quick loop: types, lints, tests of the rooms, tidy'
	@echo 'make objects the tests on an object store; installs an S3 server into target/tools (some minutes)'
	@echo 'make fuzz    every parser against made-up bytes, SECONDS=60 each'
	@echo 'make torture kill, cut, fill and corrupt the program by the thousand; see docs/torture.md'
	@echo 'make shots   pictures of the demonstration in target/shots'

has-cargo:
	@command -v cargo >/dev/null || { echo 'Rust is missing: install Rust 1.95 or newer (cargo), then run this again.' >&2; exit 1; }

# The program takes the browser's editor in when it is built; without Node.js it has its plain form instead.
editor:
	@if command -v node >/dev/null && command -v npm >/dev/null; then web/prepare; \
	else echo 'Node.js is missing, so the newsroom has its plain form and no editor. Install Node.js 20 or newer for it.'; fi

demo: has-cargo editor ## Build and open the demonstration
	cargo build --release --locked --bin ovn
	target="$${CARGO_TARGET_DIR:-target}"; exec "$$target/release/ovn" demo --port $(PORT)

test: has-cargo editor rust web pages ## Check everything
	@echo 'Everything that can be checked here is checked.'

rust: has-cargo
	tests/prepare
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo test --workspace --locked
	@echo 'Left out here: the tests on an object store; `make objects` runs them.'
	cargo xtask measure || true # the bars that must hold are tests; this prints them all

web: ## The browser's editor: bundle and tests without a browser
	web/prepare
	cd web && npm test

pages: has-cargo
	tests/pages/prepare
	web/prepare
	cargo test --workspace --locked --no-run # and with it the program, of the very parts that the tests have built
	cd tests/pages && npm test
	cd tests/pages && npm run editor

check: has-cargo ## The quick loop
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --workspace
	cargo xtask tidy

pictures: editor has-cargo ## Make README's pictures of the first five minutes anew
	tests/pages/prepare
	cargo build --locked --bin ovn
	cd tests/pages && OVN_PICTURES=../../docs/five-minutes node --test five-minutes.test.mjs

shots: has-cargo
	tests/pages/prepare
	cargo build --locked --bin ovn
	node tests/pages/shots.mjs "$${CARGO_TARGET_DIR:-target}/shots"

objects: has-cargo ## The tests on an object store
	tests/prepare
	tools="$${CARGO_TARGET_DIR:-$$PWD/target}/tools"; \
	[ -x "$$tools/bin/s3s-fs" ] || { echo 'Installing s3s-fs 0.14.1 from the package registry into target/tools (some minutes).'; \
	  cargo install -q --locked --debug --root "$$tools" --version 0.14.1 --features binary s3s-fs; }; \
	OVN_TEST_S3="$$tools/bin/s3s-fs" cargo test --locked -p ovn-press --test objects -- --nocapture; \
	OVN_TEST_S3="$$tools/bin/s3s-fs" cargo test --locked -p ovn --test processes -- --nocapture

fuzz: has-cargo ## Every parser against made-up bytes, SECONDS each, AT_ONCE of them at a time
	@command -v cargo-fuzz >/dev/null || { echo 'Installing cargo-fuzz from the package registry.'; cargo install --locked cargo-fuzz; }
	fuzz/run $(or $(SECONDS),60) $(or $(AT_ONCE),1)

torture: has-cargo ## Faults by the thousand; an hour, some of it as root
	cargo build --release --locked --bin ovn --bin xtask
	torture="$${CARGO_TARGET_DIR:-target}/release/xtask torture"; \
	for what in 'kills --count 1000' 'kills --count 200 --database postgres' 'power --count 200 --fs ext4' \
	  'power --count 200 --fs xfs' 'calls' 'full --count 20' 'clock --count 200'; do \
	  $$torture $$what || { code=$$?; [ $$code = 2 ] || exit $$code; }; \
	done
