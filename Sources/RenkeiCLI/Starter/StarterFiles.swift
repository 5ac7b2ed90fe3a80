// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// The files that `renkei new` writes.
enum StarterFiles {
  /// The scenario first.
  static var all: [(name: String, bytes: [UInt8])] {
    [
      ("scenario.yaml", Array((scenario + support).utf8)), ("plans.csv", Array(plans.utf8)),
      (SchemaDocument.fileName, SchemaDocument.json.document),
    ]
  }

  private static let scenario = """
    # yaml-language-server: $schema=scenario.schema.json
    #
    # A scenario to start from. All numbers are invented: put your own in their place.
    #
    #   renkei validate scenario.yaml       checks it
    #   renkei explain scenario.yaml        shows every value and where it comes from
    #   renkei run scenario.yaml            simulates it
    #   renkei schema --format markdown     describes every key
    #
    # Money is nominal yen; rates and probabilities are per year unless said otherwise. Any number
    # below plans.defaults may also be a distribution, drawn anew for each plan, or $name, a number
    # that is the same for all plans and is drawn once per path below 'inputs'.

    renkei: 1                       # version of the file format; always 1
    title: My programme             # name in reports
    start_year: 2026                # calendar label of year 1
    horizon_years: 5                # number of simulated years (years)
    goal:
      cumulative_revenue_yen: 4e9   # what all plans together shall sell over the horizon (yen)
      probability: 0.8              # how sure of that one wants to be: what `renkei solve` looks for

    simulation:
      paths: 20000                  # Monte Carlo paths: four times as many halve the error
      seed: 1                       # the same seed gives the same results to the last digit
      sampling: random              # sampling design

    report:
      groups: [region, {core_employees: [5, 20]}]   # columns of the plan list; numbers with the
                                                    # upper edges of their bins
      quantiles: [0.05, 0.25, 0.5, 0.75, 0.95]      # levels in the result files

    plans:
      file: plans.csv               # one row a plan; needs plan_id and end_target_yen
      encoding: utf-8               # of that file; cp932 for one from a Japanese Excel
      count: 10                     # plans like those listed: 20 are two of each, 5 are half of them
      target_scale: 1               # factor on every end target

      # What holds for every plan that does not state it in a column of that name.
      defaults:
        period_years: 5             # length of the plan (years); the programme certifies 3 to 5
        start_offset_years: 0       # from the scenario's start to the plan's start (years)
        ramp: linear                # how revenue grows to the end target; also
                                    # {s_curve: {midpoint: 0.6, steepness: 9.363}}
        growth_after_plan: 0        # growth of the promised level after the plan (per year)

        # Realised over promised revenue of a plan that sells: half of them reach 60% or less.
        attainment: {lognormal: {median: 0.6, log_sd: 0.8}}

        launch_probability: $launch              # that the plan ever sells (0 to 1)
        launch_odds_ratio: 1                     # factor on the odds of launching
        launch_delay_years: {exponential: {mean: 0.5}}   # delay of the whole ramp (years)

        annual_shock_sd: 0.35       # yearly ups and downs of log revenue (per square root of year)
        shock: normal               # family of these shocks

        # Probability of failing within plan year 1, 2, ...; the last value repeats (per year).
        annual_failure_probability: [0.06, 0.05, 0.04]

      # Rules for some plans, in file order: the later wins, a plan's own cell beats all.
      segments:
        small_core:
          where: {core_employees: {at_most: 5}}  # a column and what its cell must be
          set: {annual_shock_sd: 0.5}            # replaces inputs
        first_time_alliance:
          where: {alliance_origin: new}
          multiply: {launch_odds_ratio: $first_time}   # multiplies inputs

    optimism:
      common_share: 0.3             # share of attainment's variance common to all plans (0 to 1)
    credit:
      correlation: 0.05             # correlation of failures (0 to below 1)

    # What moves the yearly shocks of several plans together.
    factors:
      macro:  {loading: 0.2, autocorrelation: 0.3}   # all plans; loading squared is the correlation
      region: {correlation: 0.01, by: region}        # one factor for each region

    # What strikes many plans at once and lowers (or raises) their revenue for a while.
    events:
      recession:
        annual_probability: 0.08    # of striking in a year (per year)
        scope: all                  # or {region: kinki}, or {plan_id: P-01}
        duration_years: 2           # its own year included (years), or permanent
        multiplier: {pert: {min: 0.7, mode: 0.85, max: 0.95}}   # factor on revenue

    # Numbers that nobody knows for the programme as a whole.
    inputs:
      launch: {beta: {a: 14, b: 6}}              # mean 0.7, 90% of it between 0.52 and 0.85
      first_time: {lognormal: {p10: 0.6, p90: 1.1}}   # odds of first-time alliances over others'

    # How these numbers go together; pairs that are not named are independent.
    correlations:
      rank: [[launch, first_time, 0.3]]          # Spearman's rank correlation (-1 to 1)
      repair: none                               # refuse coefficients that contradict each other

    """

  /// The support block and the arms, commented out: the money of plans is a second step.
  private static let support = """

    # Support: what the programme gives, what that costs the public and what would be without it. To
    # switch it on, take away the first two characters of every line from here to the end.
    # support:
    #   discount_rate: 0.015           # at which public cost is discounted (per year)
    #   funding_rate: 0.015            # the government's cost of funds (per year)
    #   after_horizon: run_off         # loans that outlive the horizon run to maturity; or
    #                                  # performing (no later default), truncate (nothing counts)
    #
    #   # What plans need and earn. An amount is yen, a share or a distribution; a segment or a column
    #   # of the plan list may say otherwise for some plans.
    #   finance:
    #     investment_yen: {share_of_target: 0.4}          # needed at the plan's start
    #     own_funds_yen: {share_of_investment: 0.3}       # the firms' own part of it
    #     margin: 0.3                                     # of revenue, after variable cost
    #     fixed_cost_yen: {share_of_target: 0.08}         # a year, in proportion to the ramp
    #     other_business_cash_yen: {share_of_target: 0.1} # a year, from the firms' other business
    #     credit_line_yen: {share_of_target: 0.1}         # overdraft that can be used
    #     scale_elasticity: 0.5                           # of revenue to the funded part
    #     tax_rate: 0.35                                  # on the plan's profit
    #     cash_failure: report                            # or enforce: without cash it fails
    #
    #   # A bank's loan: no measure, so that every arm has it.
    #   private_loan:
    #     amount_yen: {share_of_investment: 0.5}          # without any support
    #     crowd_in: 0.4                # yen more for each yen of policy loan; less if negative
    #     rate: 0.022                  # interest (per year)
    #     term_years: 7                # to maturity
    #     grace_years: 0               # of interest only
    #     method: equal_principal      # or level_payment
    #     loss_given_default: 0.75     # share of a defaulted balance that is lost
    #
    #   # The measures. take_up is the probability that a plan receives one that its arm offers. effects
    #   # are what a measure changes beyond the money, at full coverage: studies find them small and
    #   # uncertain. log_attainment is added, the other three are factors.
    #   subsidy:
    #     take_up: 0.8
    #     amount_yen: {lognormal: {median: 15e6, log_sd: 0.5}}   # that the plan asks for
    #     rate: 66.7%                  # at most this share of the eligible cost
    #     eligible_share: 1            # of the investment
    #     cap_yen: 30e6                # largest grant
    #     floor_yen: 1e6               # smallest grant that is made
    #     paid_after_years: 1          # in arrears
    #     effects: {log_attainment: {normal: {mean: 0.03, sd: 0.06}}, launch_odds_ratio: 1}
    #   policy_loan:
    #     take_up: 0.4
    #     amount_yen: {lognormal: {median: 50e6, log_sd: 0.8}}
    #     cap_yen: 270e6
    #     base_rate: 0.018             # interest without the discount (per year)
    #     special_discount: 0.009      # off the base rate, up to the special limit
    #     special_limit_yen: 270e6
    #     term_years: 15
    #     grace_years: 2
    #     method: equal_principal
    #     loss_given_default: 0.75
    #     effects: {hazard_ratio: {lognormal: {p10: 0.9, p90: 1.35}}, delay_multiplier: 1}
    #   guarantee:                     # of private loans
    #     applies_to: private_loan
    #     take_up: 0.5
    #     coverage: 80%                # of the loan that the guarantor bears
    #     fee_rate: 0.01               # of the guaranteed balance (per year)
    #     cap_yen: 280e6
    #   tax_incentive:
    #     take_up: 1
    #     choice: credit               # or special_depreciation
    #     eligible_share: 0.5
    #     minimum_yen: 2.8e6           # eligible cost from which it is given
    #     credit_rate: 7%              # of the eligible cost
    #     credit_limit: 20%            # of a year's tax
    #     carry_forward_years: 1       # that an unused credit lasts
    #     special_depreciation: 30%    # of the eligible cost, in the first year
    #   advice:
    #     take_up: 1
    #     cost_yen: 1e6                # public cost, once
    #
    # # Support packages on the same draws: a list of measures, or measures on changed terms.
    # arms:
    #   certified: [subsidy, policy_loan, guarantee, tax_incentive, advice]
    #   none: []
    #   half_the_cap: {measures: [subsidy, advice], set: {support.subsidy.cap_yen: 15e6}}
    # calibrated_to: certified         # the arm with which the numbers under 'plans' were observed
    # baseline_arm: none               # the arm that the others are compared with

    """

  private static let plans = """
    plan_id,name,region,core_employees,alliance_origin,period_years,end_target_yen
    P-01,Cold-chain labels,kanto,4,new,5,180000000
    P-02,Rice-bran cosmetics,tohoku,12,existing,5,120000000
    P-03,Repair robots,chubu,35,new,5,650000000
    P-04,Silk yarn recycling,kanto,3,new,4,90000000
    P-05,Precision castings,kinki,22,existing,5,310000000
    P-06,Craft beer exports,kyushu,8,new,3,75000000
    P-07,Care-home software,kinki,15,new,5,240000000
    P-08,Bamboo composites,kyushu,5,existing,5,160000000
    P-09,Sensor fishing nets,tohoku,9,new,4,140000000
    P-10,Micro-hydro turbines,chubu,48,existing,5,420000000

    """
}
