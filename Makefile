# make            what can be done
# make run        builds and starts the service
# make test       what has to pass before a change goes in
#
# Settings: make run PORT=9000 DATA_DIR=/srv/cerberus

HOST ?= 127.0.0.1
PORT ?= 8080
DATA_DIR ?= data
# Further words for the server, and for the benchmark.
ARGS ?=
BENCH ?=

SWIFT_FILES := Sources Tests Package.swift Benchmarks/Sources Benchmarks/Tests Benchmarks/Package.swift
# Where an unchanged build leaves its binaries; `swift build --show-bin-path` knows, but takes seconds.
RELEASE := .build/release/cerberus
DEBUG := .build/debug/cerberus

.DEFAULT_GOAL := help
.PHONY: help run build test smoke demo bench format lint clean

help:
	@echo "make run     build in release and serve on http://$(HOST):$(PORT) with the data in $(DATA_DIR)/"
	@echo "make test    lint, build, all tests, and the demo as a smoke test"
	@echo "make demo    send the samples through a server of their own and show what becomes of them"
	@echo "make bench   load the server, and nginx beside it if installed (BENCH='--rounds 5' and others)"
	@echo "make build   build in release"
	@echo "make format  format all Swift files;  make lint  only check them"
	@echo "make clean   remove what was built, never data"

build:
	@.ci/dependencies
	swift build -c release --product cerberus

run: build
	@exec $(RELEASE) serve --host $(HOST) --port $(PORT) --data-dir '$(DATA_DIR)' $(ARGS)

test:
	@.ci/dependencies --tests
	@$(MAKE) --no-print-directory lint
	swift build --build-tests
	swift test
	@$(MAKE) --no-print-directory smoke
	@if ls Benchmarks/test_*.py >/dev/null 2>&1; then python3 -m unittest discover -s Benchmarks; fi

# The demo on the binary of the tests: prints only what went wrong.
smoke:
	@python3 Tests/Demo/demo.py --binary $(DEBUG) >/dev/null && echo "demo: as expected"

demo: build
	@.ci/dependencies --tests
	@python3 Tests/Demo/demo.py --binary $(RELEASE)

bench: build
	@.ci/dependencies --tests
	swift build -c release --package-path Benchmarks --product cerberus-bench
	python3 Benchmarks/run.py $(BENCH)

format:
	swift format format -i -r -p $(SWIFT_FILES)

lint:
	swift format lint --strict -r -p $(SWIFT_FILES)

clean:
	rm -rf .build Benchmarks/.build
