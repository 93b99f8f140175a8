# make            what can be done
# make run        builds and starts the service
# make test       what has to pass before a change goes in
#
# Settings: make run PORT=9000 DATA_DIR=/srv/cerberus

HOST ?= 127.0.0.1
PORT ?= 8080
DATA_DIR ?= data
PREFIX ?= /usr/local
# Further words for the server, and for the benchmark.
ARGS ?=
BENCH ?=

SWIFT_FILES := Sources Tests Package.swift Benchmarks/Sources Benchmarks/Tests Benchmarks/Package.swift
# Where an unchanged build leaves its binaries; `swift build --show-bin-path` knows, but takes seconds.
RELEASE := .build/release/cerberus
DEBUG := .build/debug/cerberus

.DEFAULT_GOAL := help
.PHONY: help run build install dist test smoke api readers python demo bench bench-quick bench-log generator bench-curate bench-scrub fuzz soak crash tsan format lint clean

help:
	@echo "make run     build in release and serve on http://$(HOST):$(PORT) with the data in $(DATA_DIR)/"
	@echo "make install build in release and install below PREFIX=$(PREFIX) (DESTDIR=)"
	@echo "make dist    an archive of the stripped binary, completions, man page and units, with checksums"
	@echo "make test    lint, build, all tests, and the demo as a smoke test"
	@echo "make demo    send the samples through a server of their own and show what becomes of them"
	@echo "make bench   every bound on speed, beside nginx and a FastAPI logger, into Benchmarks/RESULTS.md"
	@echo "make bench-quick  the same in a minute, without what needs a million records"
	@echo "make bench-log    POST /v1/log beside nginx alone (BENCH='--rounds 5' and others)"
	@echo "make bench-scrub   the scrubber alone: mixed text, and hostile lines for each of its rules"
	@echo "make bench-curate  the curator beside tools made for one of its steps (BENCH='--records 200000' and others)"
	@echo "make readers  every export in datasets, pyarrow and DuckDB"
	@echo "make api     the API against its own description (API_SECONDS=60)"
	@echo "make python  the Python client against the server of the tests"
	@echo "make fuzz    fuzz the parsers (FUZZ_SECONDS=300 for each)"
	@echo "make soak    everything at once on the release binary, killed every minute (SOAK_SECONDS=1200, SEED=)"
	@echo "make crash   crash the simulated disk under the log (CRASH_SEEDS=2000), or replay one crash (SEED=17)"
	@echo "make tsan    the end-to-end and service tests with everything built for ThreadSanitizer"
	@echo "make build   build in release"
	@echo "make format  format all Swift files;  make lint  only check them"
	@echo "make clean   remove what was built, never data"

build:
	@.ci/dependencies
	swift build -c release --product cerberus

# What a package lays out: binary, man page, completions, units. INSTALLS= takes the binary as it is.
INSTALLS ?= build

install: $(INSTALLS)
	@deploy/package $(RELEASE) '$(DESTDIR)$(PREFIX)' '$(PREFIX)'

# For machines without Swift: its libraries are inside; only SQLite and zlib of the system are needed.
dist:
	@.ci/dependencies
	swift build -c release --product cerberus --static-swift-stdlib --scratch-path .build-dist -Xlinker -s
	@deploy/archive .build-dist/release/cerberus .build/dist

run: build
	@exec $(RELEASE) serve --host $(HOST) --port $(PORT) --data-dir '$(DATA_DIR)' $(ARGS)

test:
	@.ci/dependencies --tests
	@$(MAKE) --no-print-directory lint
	swift build --build-tests
	@# One after the other: tests that start the real server would starve each other on two cores.
	swift test --no-parallel
	@$(MAKE) --no-print-directory smoke
	@$(MAKE) --no-print-directory python
	python3 -m unittest discover -s Tests/Browser
	python3 -m unittest discover -s Tests/Deploy
	python3 -m unittest discover -s Tests/Docs
	@$(MAKE) --no-print-directory api
	@$(MAKE) --no-print-directory readers
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=15
	python3 Tests/Soak/soak.py --binary $(DEBUG) --seconds 60
	@if ls Benchmarks/test_*.py >/dev/null 2>&1; then python3 -m unittest discover -s Benchmarks; fi

# The demo on the binary of the tests: prints only what went wrong.
smoke:
	@python3 Tests/Demo/demo.py --binary $(DEBUG) >/dev/null && echo "demo: as expected"

# The server against its own description, by a tool that makes up requests.
API_SECONDS ?= 60
VENV := .build/venv

api:
	@test -x $(VENV)/bin/schemathesis || { python3 -m venv $(VENV) && $(VENV)/bin/pip install -q schemathesis==4.32.5; }
	@python3 Tests/Browser/api.py $(VENV)/bin/schemathesis $(API_SECONDS)

# The Python client, in an environment of its own that is made anew when what it needs has changed.
CLIENT_VENV := .build/venv-python

python: $(CLIENT_VENV)/ready
	cd clients/python && ../../$(CLIENT_VENV)/bin/python -m pytest -q

$(CLIENT_VENV)/ready: clients/python/pyproject.toml
	python3 -m venv $(CLIENT_VENV)
	$(CLIENT_VENV)/bin/pip install -q -e 'clients/python[test]'
	@# For the React that it carries, by which the wrapper of clients/web is tested.
	$(CLIENT_VENV)/bin/pip install -q --no-deps dash==3.2.0
	@touch $@

# Every export on the binary of the tests, in the readers that it is made for.
READERS := .build/venv-readers

readers:
	@test -f $(READERS)/complete || { python3 -m venv $(READERS) && \
	  $(READERS)/bin/pip install -q datasets==5.2.0 pyarrow==26.0.1 duckdb==2.0.1 && touch $(READERS)/complete; }
	@$(READERS)/bin/python Tests/Readers/readers.py $(DEBUG)

demo: build
	@.ci/dependencies --tests
	@python3 Tests/Demo/demo.py --binary $(RELEASE)

# What the comparisons need from PyPI is installed here.
BENCH_VENV := .build/venv-bench

bench: generator $(BENCH_VENV)/complete
	python3 Benchmarks/speed.py --python $(BENCH_VENV)/bin/python --write $(BENCH)

bench-quick: generator
	python3 Benchmarks/speed.py --quick $(BENCH)

bench-log: generator
	python3 Benchmarks/run.py $(BENCH)

generator: build
	@.ci/dependencies --tests
	swift build -c release --package-path Benchmarks --product cerberus-bench

$(BENCH_VENV)/complete: Makefile
	python3 -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/pip install -q rensa==0.5.0 datasketch==2.0.0 polars==2.1.0 duckdb==2.0.1 \
	  fastapi==0.165.0 'uvicorn[standard]==0.54.0'
	touch $@

bench-scrub: build
	python3 Benchmarks/scrub.py --binary $(RELEASE) $(BENCH)

# The curator beside tools from PyPI, on a corpus made from the source trees that come with them and with Python.
bench-curate: build $(BENCH_VENV)/complete
	@.ci/dependencies --tests
	CERBERUS_BENCH=1 swift build -c release --product curator-bench --scratch-path .build-bench -Xswiftc -enable-testing
	$(BENCH_VENV)/bin/python Benchmarks/curate.py --binary $(RELEASE) --curator-bench .build-bench/release/curator-bench \
	  $(BENCH)

# Every fuzzer for so many seconds; what they find beyond the corpus stays in .build-fuzz/corpus.
FUZZ_SECONDS ?= 300
FUZZERS := $(notdir $(wildcard Tests/Fuzz/Corpus/*))

fuzz:
	@for fuzzer in $(FUZZERS); do \
	  CERBERUS_FUZZ=1 swift build --scratch-path .build-fuzz --sanitize=address -Xswiftc -sanitize=fuzzer \
	    --product fuzz-$$fuzzer || exit 1; \
	  mkdir -p .build-fuzz/corpus/$$fuzzer; \
	  .build-fuzz/debug/fuzz-$$fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	    -verbosity=0 -print_final_stats=1 -artifact_prefix=.build-fuzz/$$fuzzer- \
	    .build-fuzz/corpus/$$fuzzer Tests/Fuzz/Corpus/$$fuzzer >.build-fuzz/$$fuzzer.log 2>&1 || \
	    { tail -n 40 .build-fuzz/$$fuzzer.log; exit 1; }; \
	  grep -h 'number_of_executed_units' .build-fuzz/$$fuzzer.log | sed "s/^stat::/fuzz-$$fuzzer: /"; \
	done

# Everything at once, twenty minutes long; a minute of it is part of `make test`.
SOAK_SECONDS ?= 1200

soak: build
	@.ci/dependencies --tests
	python3 Tests/Soak/soak.py --binary $(RELEASE) --seconds $(SOAK_SECONDS) $(if $(SEED),--seed $(SEED))

# Random crashes of a simulated disk: one seed with the tests as they are, or thousands of them optimised, in about a
# minute once that is built. What is not simulated, index and secrets, need not reach a real disk.
CRASH_SEEDS ?= 2000
SEED ?=
CRASH := --filter '^TrainingLogTests\.CrashTests'

crash:
ifneq ($(SEED),)
	swift build --build-tests
	CERBERUS_CRASH_SEED=$(SEED) swift test --skip-build $(CRASH)
else
	swift build -c release --build-tests --scratch-path .build-crash -Xswiftc -enable-testing
	TMPDIR=$(firstword $(wildcard /dev/shm) /tmp) CERBERUS_CRASH_SEEDS=$(CRASH_SEEDS) \
	  swift test -c release --skip-build --scratch-path .build-crash $(CRASH)
endif

# The server that the tests start is built the same way; a race ends it with an exit code that no test expects.
tsan:
	@.ci/dependencies --tests
	swift build --build-tests --scratch-path .build-tsan --sanitize=thread -Xswiftc -DTHREAD_SANITIZER -Xlinker -fuse-ld=lld
	swift test --skip-build --no-parallel --scratch-path .build-tsan --sanitize=thread -Xswiftc -DTHREAD_SANITIZER -Xlinker -fuse-ld=lld \
	  --filter '^(EndToEndTests|ServiceTests)\.'

format:
	swift format format -i -r -p $(SWIFT_FILES)

lint:
	swift format lint --strict -r -p $(SWIFT_FILES)

clean:
	rm -rf .build .build-dist .build-fuzz .build-crash .build-tsan .build-bench Benchmarks/.build
