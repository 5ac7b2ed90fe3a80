// SPDX-License-Identifier: GPL-3.0-or-later
//
// All kernels of one instruction set. The including file sets RK_ISA and LANES.
// A new kernel: one member in rk_kernels (column_kernels.h), one line in RK_KERNEL_TABLE.

#include "lanes.inc.h"
#include "functions.inc.h"
#include "random.inc.h"
#include "designs.inc.h"
#include "columns.inc.h"
#include "walks.inc.h"
#include "counters.inc.h"
#include "accounts.inc.h"
#include "money.inc.h"
#include "plans.inc.h"
#include "single_lanes.inc.h"
#include "single_normals.inc.h"
#include "singles.inc.h"
#include "ledger.inc.h"
#include "books.inc.h"

#define RK_KERNEL_TABLE                      \
  {                                          \
    .normals = normals_column,               \
    .uniforms = uniforms_column,             \
    .scrambled_net = scrambled_net_column,   \
    .stratified = stratified_column,         \
    .normal_quantile = normal_quantile_column, \
    .exp2 = exp2_column,                     \
    .log2 = log2_column,                     \
    .fill = fill_column,                     \
    .affine = affine_column,                 \
    .scaled_sum = scaled_sum_column,         \
    .add_scaled = add_scaled_column,         \
    .multiply_add = multiply_add_column,     \
    .multiply = multiply_column,             \
    .add = add_column,                       \
    .divide = divide_column,                 \
    .minimum = minimum_column,               \
    .maximum = maximum_column,               \
    .square_root = square_root_column,       \
    .clamp = clamp_column,                   \
    .cubic_table = cubic_table_column,       \
    .step_table = step_table_column,         \
    .walk = walk_column,                     \
    .times_linear_ramp = times_linear_ramp_column, \
    .select_below = select_below_column,     \
    .account = account_column,               \
    .walk_and_account = walk_and_account_column, \
    .plan = plan_columns,                    \
    .single_normals = single_normals_column, \
    .round_to_single = round_to_single_column, \
    .single_plan = single_plan_columns,      \
    .add_counts = add_counts_of,             \
    .histogram_slots = histogram_slots_column, \
    .moments = moments_column,               \
    .indicator_below = indicator_below_column,\
    .change = change_column,                 \
    .change_ratio = change_ratio_column,     \
    .select_equal = select_equal_column,     \
    .root = root_column,                     \
    .power = power_column,                   \
    .scaled_power = scaled_power_column,     \
    .entry = entry_column,                   \
    .stop_after = stop_after_column,         \
    .waterfall = waterfall_column,           \
    .ledger = ledger_column,                 \
    .standing_sums = standing_sums_of,       \
    .flow_columns = flow_columns_of,         \
    .balances = balances_column,             \
    .add_excess = add_excess_column,         \
    .add_product = add_product_column,       \
    .highest_pattern = highest_pattern_of,   \
  }
