#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what the shipped scenarios answer as one Markdown table: sh Scenarios/table.sh [PATHS].
# RENKEI names the program. Amounts are totals over the horizon, in billion yen, of the first arm.
set -eu
paths=${1:-100000}
renkei=${RENKEI:-.build/release/renkei}
folder=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "| scenario | promise | median | mean ± se | 90% range | P(goal), 95% interval | mean gap |"
echo "|---|---|---|---|---|---|---|"
for name in shinrenkei-2005 typical-plans-only tail-B tail-E s-curve recession optimism \
  national-10000 hindcast-2006; do
  [ -f "$folder/$name.yaml" ] || continue
  "$renkei" run "$folder/$name.yaml" --paths "$paths" --plan-quantiles off --quiet -o "$work/$name"
  # The arm's last row of portfolio.csv is the total to date in the last year.
  awk -F , -v name="$name" '
    function billions(yen, x) {
      x = yen / 1e9
      if (x >= 1000) return sprintf("%.0f", x)
      return sprintf(x >= 100 ? "%.1f" : "%.2f", x)
    }
    function percent(share) {
      return sprintf(share < 0.001 ? "%.3f" : share < 0.1 ? "%.2f" : "%.1f", 100 * share)
    }
    FNR == 1 { delete at; for (i = 1; i <= NF; i++) at[$i] = i; next }
    NR == 2 { arm = $at["arm"] }
    $at["arm"] != arm { next }
    FILENAME ~ /portfolio/ {
      mean = $at["mean_yen"]; error = $at["standard_error_yen"]
      low = $at["p05_yen"]; median = $at["p50_yen"]; high = $at["p95_yen"]
      next
    }
    {
      printf "| `%s` | %s | %s | %s ± %s | %s–%s | %s%% (%s–%s) | %s |\n", name, \
        billions($at["promised_yen"]), billions(median), billions(mean), billions(error), \
        billions(low), billions(high), percent($at["probability"]), percent($at["ci95_low"]), \
        percent($at["ci95_high"]), billions($at["mean_gap_to_goal_yen"])
    }' "$work/$name/portfolio.csv" "$work/$name/goal.csv"
done
