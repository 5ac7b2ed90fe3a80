#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what the arms of support-options.yaml do and cost as Markdown tables:
# sh Scenarios/support-table.sh [PATHS]. RENKEI names the program, OPTIONS holds options of `run`.
# Amounts are in billion yen: revenue over the horizon, costs as present values over the loans' life.
set -eu
paths=${1:-100000}
renkei=${RENKEI:-.build/release/renkei}
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# $1 is the arm that others are compared with.
compare() {
  # shellcheck disable=SC2086
  "$renkei" run "$folder/support-options.yaml" --paths "$paths" --plan-quantiles off --quiet \
    ${OPTIONS:-} --set "baseline_arm=$1" -o "$work/$1"
}

# Extra revenue and survivors of every arm but the baseline, $1, and what an extra yen costs. Where it
# earns and costs less than the baseline, that is what a yen less saves.
effects() {
  echo "| against \`$1\` | revenue | more on | survivors | net cost per yen |"
  echo "|---|---|---|---|---|"
  awk -F , '
    FNR == 1 { delete at; for (i = 1; i <= NF; i++) at[$i] = i; next }
    FILENAME ~ /\/effects/ {
      arm = $at["arm"]
      error = $at["standard_error"]
      if ($at["metric"] == "cumulative_revenue") {
        arms[++count] = arm
        revenue[arm] = sprintf("%+.3f ± %.3f", $at["difference"] / 1e9, error / 1e9)
        if ($at["difference"] == 0 && error == 0) revenue[arm] = "the same on every path"
        positive[arm] = sprintf("%.1f%%", 100 * $at["probability_positive"])
      }
      if ($at["metric"] == "surviving")
        survivors[arm] = sprintf("%+.3f ± %.3f", $at["difference"], error)
      next
    }
    $at["basis"] == "life" && $at["metric"] == "cost_per_extra_yen" {
      kind = $at["interval_kind"]
      if (kind == "bounded")
        interval = sprintf("%.3f to %.3f", $at["ci95_low"], $at["ci95_high"])
      else if (kind == "outside")
        interval = sprintf("below %.3f or above %.3f", $at["ci95_low"], $at["ci95_high"])
      else
        interval = "unbounded"
      price[$at["arm"]] = $at["value"] == "" ? "–" : sprintf("¥%.3f (%s)", $at["value"], interval)
    }
    END {
      for (i = 1; i <= count; i++) {
        arm = arms[i]
        printf "| `%s` | %s | %s | %s | %s |\n", arm, revenue[arm], positive[arm], \
          survivors[arm], price[arm]
      }
    }' "$work/$1/effects.csv" "$work/$1/cost_effectiveness.csv"
}

# Public cost of every arm by component, against the baseline $1.
costs() {
  echo "| public cost | subsidies | interest | loan losses | guarantees | tax relief | advice | gross | extra tax | net ± se |"
  echo "|---|---|---|---|---|---|---|---|---|---|"
  awk -F , '
    function billions(yen) { return sprintf("%.2f", yen / 1e9) }
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["basis"] != "life" { next }
    {
      arm = $at["arm"]
      if (!(arm in seen)) { seen[arm] = 1; arms[++count] = arm }
      cost[arm, $at["component"]] = $at["mean_yen"]
      error[arm, $at["component"]] = $at["standard_error_yen"]
    }
    END {
      for (i = 1; i <= count; i++) {
        arm = arms[i]
        if (cost[arm, "gross"] == 0) continue
        printf "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s ± %s |\n", arm, \
          billions(cost[arm, "subsidy_paid"]), billions(cost[arm, "interest_subsidy"]), \
          billions(cost[arm, "policy_loan_loss"]), \
          billions(cost[arm, "guarantee_loss"] - cost[arm, "guarantee_fees"]), \
          billions(cost[arm, "tax_expenditure"]), billions(cost[arm, "advice_cost"]), \
          billions(cost[arm, "gross"]), billions(cost[arm, "extra_tax"]), \
          billions(cost[arm, "net"]), sprintf("%.3f", error[arm, "net"] / 1e9)
      }
    }' "$work/$1/public_cost.csv"
}

compare none
compare certified
effects none
echo
effects certified
echo
costs none
