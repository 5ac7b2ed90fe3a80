# SPDX-License-Identifier: GPL-3.0-or-later
.DEFAULT_GOAL := help
SHELL := /bin/sh

RENKEI := .build/release/renkei
SCENARIO ?= Scenarios/shinrenkei-2005.yaml
SCENARIOS := $(wildcard Scenarios/*.yaml)
SWIFT_FOLDERS := $(wildcard Sources Tests Benchmarks)
SPECIFICATIONS := $(wildcard Scenarios/plans/*.spec.yaml)
TABLE_PATHS ?= 100000
DESIGN_SEEDS ?= 2000
BY ?= time
# The order of the words: sequential, paths or columns. Debian's package of the test: dieharder.
RANDOM_ORDER ?= sequential
RANDOM_TEST ?= dieharder -g 200 -a
FUZZ_SECONDS ?= 60
FUZZ := -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 \
  -artifact_prefix=.build/fuzz/finding- -print_final_stats=1 -verbosity=0

# The steps of a target follow each other, also under make -j.
.NOTPARALLEL:

.PHONY: help run report test build bench bench-compare bench-designs random-test check lint architecture smoke setup schema plans \
  scenarios-table support-table fuzz clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

run: build ## simulate the 2005 programme and print what it would really sell
	$(RENKEI) run $(SCENARIO)

report: run ## turn its results into a page with charts: results/shinrenkei-2005/report.html
	$(RENKEI) report results/shinrenkei-2005

test: setup ## build, run every test, check style and structure, try the release binary
	swift build --build-tests
	swift test --skip-build --parallel
	$(MAKE) lint
	$(MAKE) smoke

build: setup ## build the program at .build/release/renkei
	swift build -c release --product renkei

# In a folder of its own: testable code is other code, and must not replace the release binary.
BENCH := swift test -c release --scratch-path .build/bench -Xswiftc -enable-testing --filter

# Beside the speed, what a million paths should give: a debug build takes fewer.
bench: build ## run the benchmarks, optimised; the figures also go to results/benchmarks.csv
	mkdir -p results
	RENKEI_BENCHMARKS=$(CURDIR)/results $(BENCH) RenkeiBenchmarks.Benchmarks/
	$(BENCH) "BenchmarkPortfolioTests|ClosedFormTests"

# The base is copied first, for a run replaces results/benchmarks.csv.
bench-compare: setup ## run them again and compare with BASE=saved.csv, or NEW=other.csv with it; BY=ratio
	@test -n "$(BASE)" || \
	  { echo 'usage: make bench-compare BASE=saved.csv [NEW=other.csv] [BY=time|ratio]' >&2; exit 64; }
	mkdir -p .build
	cp "$(BASE)" .build/benchmarks-base.csv
	$(if $(NEW),,$(MAKE) bench)
	RENKEI_BENCHMARK_BASE=$(CURDIR)/.build/benchmarks-base.csv \
	  RENKEI_BENCHMARK_NEW=$(abspath $(or $(NEW),results/benchmarks.csv)) \
	  RENKEI_BENCHMARK_BY=$(BY) $(BENCH) BenchmarkComparisonTests/savedFiles

# 2,000 seeds take a quarter of an hour of processor time.
bench-designs: setup ## compare the sampling designs, DESIGN_SEEDS seeds (2000) on three scenarios
	RENKEI_DESIGN_SEEDS=$(DESIGN_SEEDS) $(BENCH) DesignStudy

# The writer ends when the test no longer reads.
random-test: setup ## feed the generator's words, in RANDOM_ORDER, to RANDOM_TEST (dieharder)
	swift build --build-tests -c release --scratch-path .build/bench -Xswiftc -enable-testing
	rm -f .build/random-words && mkfifo .build/random-words
	RENKEI_RANDOM_WORDS=$(CURDIR)/.build/random-words RENKEI_RANDOM_ORDER=$(RANDOM_ORDER) \
	  $(BENCH) RandomWordTests/writesToAPipe --skip-build & \
	$(RANDOM_TEST) < .build/random-words; status=$$?; wait; exit $$status

check: setup lint architecture ## check style and structure

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FOLDERS) Package.swift

architecture: setup
	swift test --filter ArchitectureTests

smoke: build
	for scenario in $(SCENARIOS); do \
	  $(RENKEI) validate $$scenario && \
	  $(RENKEI) run $$scenario --paths 4096 --quiet -o .build/smoke || exit 1; \
	done
	test -s .build/smoke/portfolio.csv

setup: ## install what is missing beside Swift
	@sh .setup/install.sh

schema: build ## make the schema of scenario files anew, for editors
	$(RENKEI) schema -o Scenarios/scenario.schema.json

plans: build ## make the plan lists of Scenarios/plans anew from their specifications
	for specification in $(SPECIFICATIONS); do \
	  $(RENKEI) synthesize $$specification -o $${specification%.spec.yaml}.csv --force || exit 1; \
	done

scenarios-table: build ## compare the shipped scenarios in one Markdown table, TABLE_PATHS paths each
	@RENKEI=$(RENKEI) sh Scenarios/table.sh $(TABLE_PATHS)

support-table: build ## compare the options of support in Markdown tables, TABLE_PATHS paths each
	@RENKEI=$(RENKEI) sh Scenarios/support-table.sh $(TABLE_PATHS)

# Seeds are the shipped files and those of Tests/Fuzz/Seeds; what the fuzzer finds grows in
# .build/fuzz/corpus. lld, because the fuzzer's sections are more than gold can take.
fuzz: setup ## feed the readers random bytes, FUZZ_SECONDS (60) each
	for target in FuzzScenario FuzzPlanList FuzzSetting; do \
	  RENKEI_FUZZ=1 swift build --sanitize=fuzzer --scratch-path .build/fuzz -Xswiftc -use-ld=lld \
	    --product $$target || exit 1; \
	  mkdir -p .build/fuzz/corpus/$$target; \
	  cp Tests/Fuzz/Seeds/$$target/* .build/fuzz/corpus/$$target; \
	done
	cp Scenarios/*.yaml .build/fuzz/corpus/FuzzScenario
	head -n 8 Scenarios/plans/shinrenkei-101.csv > .build/fuzz/corpus/FuzzPlanList/seed.csv
	for target in FuzzScenario FuzzPlanList FuzzSetting; do \
	  SWIFT_BACKTRACE=enable=no .build/fuzz/debug/$$target .build/fuzz/corpus/$$target $(FUZZ) \
	    || exit 1; \
	done

clean: ## remove everything that was built
	rm -rf .build
