# SPDX-License-Identifier: GPL-3.0-or-later
.DEFAULT_GOAL := help
SHELL := /bin/sh

RENKEI := .build/release/renkei
SCENARIO ?= Scenarios/shinrenkei-2005.yaml
SCENARIOS := $(wildcard Scenarios/*.yaml)
SWIFT_FOLDERS := $(wildcard Sources Tests Benchmarks Scenarios)
FUZZ_SECONDS ?= 60
FUZZ := -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=4096 \
  -artifact_prefix=.build/fuzz/finding- -print_final_stats=1 -verbosity=0
MAKE_PLANS := .build/plans/make-plans

# The steps of a target follow each other, also under make -j.
.NOTPARALLEL:

.PHONY: help run test build bench check lint architecture plans-current smoke setup plans fuzz clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: build ## simulate the 2005 programme and print what it would really sell
	$(RENKEI) run $(SCENARIO)

test: setup ## build, run every test, check style and structure, try the release binary
	swift build --build-tests
	swift test --skip-build --parallel
	$(MAKE) lint plans-current
	$(MAKE) smoke

build: setup ## build the program at .build/release/renkei
	swift build -c release --product renkei

# Beside the speed, what a million paths should give: a debug build takes fewer.
# In a folder of its own: testable code is other code, and must not replace the release binary.
bench: setup ## run the benchmarks, optimised; the figures also go to results/benchmarks.csv
	mkdir -p results
	RENKEI_BENCHMARKS=$(CURDIR)/results swift test -c release --scratch-path .build/bench \
	  -Xswiftc -enable-testing --filter "RenkeiBenchmarks|BenchmarkPortfolioTests|ClosedFormTests"

check: setup lint plans-current architecture ## check style, structure and the committed plan lists

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FOLDERS) Package.swift

architecture: setup
	swift test --filter ArchitectureTests

plans-current: $(MAKE_PLANS)
	mkdir -p .build/plans/fresh
	$(MAKE_PLANS) .build/plans/fresh
	cmp .build/plans/fresh/shinrenkei-101.csv Scenarios/plans/shinrenkei-101.csv
	cmp .build/plans/fresh/typical-101.csv Scenarios/plans/typical-101.csv

smoke: build
	for scenario in $(SCENARIOS); do \
	  $(RENKEI) validate $$scenario && \
	  $(RENKEI) run $$scenario --paths 4096 --quiet -o .build/smoke || exit 1; \
	done
	test -s .build/smoke/portfolio.csv

setup: ## install what is missing beside Swift
	@sh .setup/install.sh

plans: $(MAKE_PLANS) ## make the plan lists of Scenarios/plans anew
	$(MAKE_PLANS) Scenarios/plans

$(MAKE_PLANS): Scenarios/plans/MakeShinRenkei101.swift
	mkdir -p $(dir $@)
	swiftc -parse-as-library -swift-version 6 $< -o $@

# Seeds are the shipped files; what the fuzzer finds grows in .build/fuzz/corpus. lld, because the
# fuzzer's sections are more than gold can take.
fuzz: setup ## feed the readers random bytes, FUZZ_SECONDS (60) each
	RENKEI_FUZZ=1 swift build --sanitize=fuzzer --scratch-path .build/fuzz -Xswiftc -use-ld=lld \
	  --product FuzzScenario
	RENKEI_FUZZ=1 swift build --sanitize=fuzzer --scratch-path .build/fuzz -Xswiftc -use-ld=lld \
	  --product FuzzPlanList
	mkdir -p .build/fuzz/corpus/scenario .build/fuzz/corpus/plans
	cp Scenarios/*.yaml .build/fuzz/corpus/scenario
	head -n 8 Scenarios/plans/shinrenkei-101.csv > .build/fuzz/corpus/plans/seed.csv
	SWIFT_BACKTRACE=enable=no .build/fuzz/debug/FuzzScenario .build/fuzz/corpus/scenario $(FUZZ)
	SWIFT_BACKTRACE=enable=no .build/fuzz/debug/FuzzPlanList .build/fuzz/corpus/plans $(FUZZ)

clean: ## remove everything that was built
	rm -rf .build
