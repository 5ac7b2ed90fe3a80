// SPDX-License-Identifier: GPL-3.0-or-later

extension SupportValueTests {
  static let settings: [BadInput] = [
    BadInput(
      "support.policy_loan.term_years=0", "support.policy_loan.term_years=0",
      [
        "support.policy_loan.term_years: the number is out of range (got '0'; allowed: from 1 to 50)"
      ]),
    BadInput(
      "support.policy_loan.grace_years=3", "support.policy_loan.grace_years=3",
      [
        "support.policy_loan.grace_years: the grace period must end before the term of 3 years (got '3'; allowed: a whole number from 0 to 2)"
      ]),
    BadInput(
      "support.policy_loan.base_rate=-100%", "support.policy_loan.base_rate=-100%",
      [
        "support.policy_loan.base_rate: the number is out of range (got '-100%'; allowed: above -1 to 10)"
      ]),
    BadInput(
      "support.subsidy.cap_yen=1", "support.subsidy.cap_yen=1",
      [
        "support.subsidy.cap_yen: the largest grant is below the smallest (got '1'; allowed: at least subsidy.floor_yen, 100000 yen)"
      ]),
    BadInput(
      "support.guarantee.coverage=110%", "support.guarantee.coverage=110%",
      [
        "support.guarantee.coverage: the number is out of range (got '110%'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "support.subsidi.cap_yen=1", "support.subsidi.cap_yen=1",
      [
        "the key is not known (did you mean 'subsidy'?)"
      ]),
    BadInput(
      "support.subsidy.cap=1", "support.subsidy.cap=1",
      [
        "the key is not known (allowed: take_up, amount_yen, rate, eligible_share, cap_yen, floor_yen, paid_after_years, effects)"
      ]),
    BadInput(
      "calibrated_to=ful", "calibrated_to=ful",
      [
        "calibrated_to: no arm has this name (got 'ful'; allowed: full, half, none; did you mean 'full'?)"
      ]),
    BadInput(
      "baseline_arm=non", "baseline_arm=non",
      [
        "baseline_arm: no arm has this name (got 'non'; allowed: full, half, none; did you mean 'none'?)"
      ]),
    BadInput(
      "arms.full={set: {support.subsidy.cap_yen: 1e6}}",
      "arms.full={set: {support.subsidy.cap_yen: 1e6}}",
      [
        "arms.full.set.support.subsidy.cap_yen: the plans' inputs were observed with this arm, so that its terms are those of the support block (change the support block, or calibrate to another arm)"
      ]),
    BadInput(
      "arms.full.set.support.subsidy.cap_yen=1e6", "arms.full.set.support.subsidy.cap_yen=1e6",
      [
        "'arms.full' is a list, whose elements cannot be set one by one (set the whole list: arms.full=[…])"
      ]),
    BadInput(
      "arms.half.set.support.subsidy.cap_yen=1e3", "arms.half.set.support.subsidy.cap_yen=1e3",
      [
        "arms.half.set.support.subsidy.cap_yen: the largest grant is below the smallest (got '1000'; allowed: at least subsidy.floor_yen, 100000 yen)"
      ]),
    BadInput(
      "arms.half.set.support.subsidy.cap_yenn=1e6", "arms.half.set.support.subsidy.cap_yenn=1e6",
      [
        "arms.half.set.support.subsidy.cap_yenn: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen; did you mean 'support.subsidy.cap_yen'?)"
      ]),
    BadInput(
      "arms.half.set.support.subsidy.amount_yen=1e6",
      "arms.half.set.support.subsidy.amount_yen=1e6",
      [
        "arms.half.set.support.subsidy.amount_yen: plans have drawn it before any arm: an arm changes terms and effects (change it in the support block, for all arms)"
      ]),
    BadInput(
      "arms.half.mesures=[]", "arms.half.mesures=[]",
      [
        "the key is not known (did you mean 'measures'?)"
      ]),
    BadInput(
      "arms.half.measures=[advise]", "arms.half.measures=[advise]",
      [
        "arms.half.measures[1]: there is no support measure of that name (got 'advise'; allowed: subsidy, policy_loan, guarantee, tax_incentive, advice; did you mean 'advice'?)"
      ]),
    BadInput(
      "arms.new.set.support.subsidy.cap_yen=1", "arms.new.set.support.subsidy.cap_yen=1",
      [
        "there is no 'new' in 'arms', and a path cannot add one (allowed: full, half, none)"
      ]),
    BadInput(
      "support.finance.investment_yen=-1", "support.finance.investment_yen=-1",
      [
        "support.finance.investment_yen: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "support.finance.investment_yen={share_of_sales: 1}",
      "support.finance.investment_yen={share_of_sales: 1}",
      [
        "support.finance.investment_yen: there is no share of that name (got 'share_of_sales'; allowed: share_of_target, share_of_investment; did you mean 'share_of_target'?)"
      ]),
    BadInput(
      "support.subsidy.take_up=2", "support.subsidy.take_up=2",
      [
        "support.subsidy.take_up: the number is out of range (got '2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "support.advice.effects.hazard_ratio=0", "support.advice.effects.hazard_ratio=0",
      [
        "support.advice.effects.hazard_ratio: the number is out of range (got '0'; allowed: above 0 to 1e6)"
      ]),
    BadInput(
      "support.guarantee.applies_to=policy_loan", "support.guarantee.applies_to=policy_loan",
      [
        "support.guarantee.applies_to: the value is not known (got 'policy_loan'; allowed: private_loan)"
      ]),
    BadInput(
      "support.policy_loan.method=bullet", "support.policy_loan.method=bullet",
      [
        "support.policy_loan.method: the value is not known (got 'bullet'; allowed: equal_principal, level_payment)"
      ]),
    BadInput(
      "support.after_horizon=runoff", "support.after_horizon=runoff",
      [
        "support.after_horizon: the value is not known (got 'runoff'; allowed: run_off, performing, truncate; did you mean 'run_off'?)"
      ]),
    BadInput(
      "support.arms=3", "support.arms=3",
      [
        "the key is not known (allowed: discount_rate, funding_rate, after_horizon, finance, private_loan, subsidy, policy_loan, guarantee, tax_incentive, advice)"
      ]),
  ]

  static let cases: [BadInput] = [
    BadInput(
      "negative investment", BadInput.valid + "support:\n  finance: {investment_yen: -1e6}\n",
      [
        ":4:29: error: support.finance.investment_yen: the number is out of range (got '-1e6'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "negative grant", BadInput.valid + "support:\n  subsidy: {amount_yen: -15百万円}\n",
      [
        ":4:25: error: support.subsidy.amount_yen: the number is out of range (got '-15百万円'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "grant that can be negative",
      BadInput.valid + "support:\n  subsidy: {amount_yen: {normal: {mean: 15e6, sd: 5e6}}}\n",
      [
        ":4:25: error: support.subsidy.amount_yen: can fall to -26500000 (allowed: from 0 to 1e15; limit it with truncate: [low, high])"
      ]),
    BadInput(
      "negative cap", BadInput.valid + "support:\n  policy_loan: {cap_yen: -1}\n",
      [
        ":4:26: error: support.policy_loan.cap_yen: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "negative cost of advice", BadInput.valid + "support:\n  advice: {cost_yen: -1}\n",
      [
        ":4:22: error: support.advice.cost_yen: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "negative cash", BadInput.valid + "support:\n  finance: {other_business_cash_yen: -1}\n",
      [
        ":4:38: error: support.finance.other_business_cash_yen: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "take-up above 1", BadInput.valid + "support:\n  subsidy: {take_up: 1.2}\n",
      [
        ":4:22: error: support.subsidy.take_up: the number is out of range (got '1.2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "take-up below 0", BadInput.valid + "support:\n  advice: {take_up: -5%}\n",
      [
        ":4:21: error: support.advice.take_up: the number is out of range (got '-5%'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "take-up input that can exceed 1",
      BadInput.valid
        + "support:\n  policy_loan: {take_up: $t}\ninputs: {t: {uniform: {min: 0.5, max: 1.5}}}\n",
      [
        ":4:26: error: support.policy_loan.take_up: can rise to 1.5 (allowed: from 0 to 1; limit $t with truncate: [low, high])"
      ]),
    BadInput(
      "loss above the balance",
      BadInput.valid + "support:\n  private_loan: {loss_given_default: 1.1}\n",
      [
        ":4:38: error: support.private_loan.loss_given_default: the number is out of range (got '1.1'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "negative elasticity", BadInput.valid + "support:\n  finance: {scale_elasticity: -0.5}\n",
      [
        ":4:31: error: support.finance.scale_elasticity: the number is out of range (got '-0.5'; allowed: from 0 to 10)"
      ]),
    BadInput(
      "hazard ratio 0", BadInput.valid + "support:\n  policy_loan: {effects: {hazard_ratio: 0}}\n",
      [
        ":4:41: error: support.policy_loan.effects.hazard_ratio: the number is out of range (got '0'; allowed: above 0 to 1e6)"
      ]),
    BadInput(
      "delay multiplier 0",
      BadInput.valid + "support:\n  advice: {effects: {delay_multiplier: 0}}\n",
      [
        ":4:40: error: support.advice.effects.delay_multiplier: the number is out of range (got '0'; allowed: above 0 to 1000)"
      ]),
    BadInput(
      "odds ratio that can be negative",
      BadInput.valid
        + "support:\n  advice: {effects: {launch_odds_ratio: {normal: {mean: 1, sd: 0.5}}}}\n",
      [
        ":4:41: error: support.advice.effects.launch_odds_ratio: can fall to -3.15 (allowed: above 0 to 1e6; limit it with truncate: [low, high])"
      ]),
    BadInput(
      "effects that are no map", BadInput.valid + "support:\n  advice: {effects: 0.05}\n",
      [
        ":4:21: error: support.advice.effects: expected a map of keys, found text (got '0.05'; allowed: log_attainment, launch_odds_ratio, hazard_ratio, delay_multiplier)"
      ]),
    BadInput(
      "effects of the finance",
      BadInput.valid + "support:\n  finance: {effects: {log_attainment: 0.1}}\n",
      [
        ":4:13: error: support.finance.effects: the key is not known (allowed: investment_yen, own_funds_yen, margin, other_business_cash_yen, fixed_cost_yen, credit_line_yen, scale_elasticity, tax_rate, cash_failure)"
      ]),
    BadInput(
      "guarantee of another loan",
      BadInput.valid + "support:\n  guarantee: {applies_to: policy_loan}\n",
      [
        ":4:27: error: support.guarantee.applies_to: the value is not known (got 'policy_loan'; allowed: private_loan)"
      ]),
    BadInput(
      "a method's slip", BadInput.valid + "support:\n  private_loan: {method: level_paymnet}\n",
      [
        ":4:26: error: support.private_loan.method: the value is not known (got 'level_paymnet'; allowed: equal_principal, level_payment; did you mean 'level_payment'?)"
      ]),
    BadInput(
      "the tax relief's slip", BadInput.valid + "support:\n  tax_incentive: {choice: credits}\n",
      [
        ":4:27: error: support.tax_incentive.choice: the value is not known (got 'credits'; allowed: credit, special_depreciation; did you mean 'credit'?)"
      ]),
    BadInput(
      "after_horizon's slip", BadInput.valid + "support:\n  after_horizon: runoff\n",
      [
        ":4:18: error: support.after_horizon: the value is not known (got 'runoff'; allowed: run_off, performing, truncate; did you mean 'run_off'?)"
      ]),
    BadInput(
      "a measure without a value", BadInput.valid + "support:\n  advice:\n",
      [
        ":4:3: error: support.advice: the key has no value (state a value or leave the key out)"
      ]),
    BadInput(
      "amount with a percent sign", BadInput.valid + "support:\n  subsidy: {amount_yen: 20%}\n",
      [
        ":4:25: error: support.subsidy.amount_yen: expected an amount in yen, not a percentage (got '20%')"
      ]),
    BadInput(
      "rate in yen", BadInput.valid + "support:\n  policy_loan: {base_rate: 3円}\n",
      [
        ":4:28: error: support.policy_loan.base_rate: expected a yearly rate, not an amount in yen (got '3円')"
      ]),
    BadInput(
      "unknown share",
      BadInput.valid + "support:\n  finance: {investment_yen: {share_of_targets: 0.4}}\n",
      [
        ":4:30: error: support.finance.investment_yen: there is no share of that name (got 'share_of_targets'; allowed: share_of_target, share_of_investment; did you mean 'share_of_target'?)"
      ]),
    BadInput(
      "coverage that can exceed 1",
      BadInput.valid + "support:\n  guarantee: {coverage: {uniform: {min: 0.5, max: 1.2}}}\n",
      [
        ":4:25: error: support.guarantee.coverage: can rise to 1.2 (allowed: from 0 to 1; limit it with truncate: [low, high])"
      ]),
    BadInput(
      "fee above 1", BadInput.valid + "support:\n  guarantee: {fee_rate: 2}\n",
      [
        ":4:25: error: support.guarantee.fee_rate: the number is out of range (got '2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "set of a key outside the support block",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {horizon_years: 3}}}\n",
      [
        ":6:31: error: arms.half.set.horizon_years: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen)"
      ]),
    BadInput(
      "set without the word support",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {subsidy.cap_yen: 1e6}}}\n",
      [
        ":6:31: error: arms.half.set.subsidy.cap_yen: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen; did you mean 'support.subsidy.cap_yen'?)"
      ]),
    BadInput(
      "set of a nested map",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {support: {subsidy: {cap_yen: 1e6}}}}}\n",
      [
        ":6:31: error: arms.half.set.support: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen)"
      ]),
    BadInput(
      "set of a term's slip",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {support.subsidy.cap_yenn: 1e6}}}\n",
      [
        ":6:31: error: arms.half.set.support.subsidy.cap_yenn: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen; did you mean 'support.subsidy.cap_yen'?)"
      ]),
    BadInput(
      "set of a whole measure",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {support.subsidy: {}}}}\n",
      [
        ":6:31: error: arms.half.set.support.subsidy: no term has this path (allowed: support.<measure>.<term>, such as support.subsidy.cap_yen; did you mean 'support.subsidy.rate'?)"
      ]),
    BadInput(
      "set without a value",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {set: {support.subsidy.cap_yen: }}}\n",
      [
        ":6:31: error: arms.half.set.support.subsidy.cap_yen: the key has no value (state a value or leave the key out)"
      ]),
    BadInput(
      "set of a negative cap",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {measures: [subsidy], set: {support.subsidy.cap_yen: -1}}}\n",
      [
        ":6:77: error: arms.half.set.support.subsidy.cap_yen: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "set of an odds ratio of 0",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [], half: {measures: [advice], set: {support.advice.effects.launch_odds_ratio: 0}}}\n",
      [
        ":6:93: error: arms.half.set.support.advice.effects.launch_odds_ratio: the number is out of range (got '0'; allowed: above 0 to 1e6)"
      ]),
    BadInput(
      "an arm's slip",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: {measure: [subsidy]}}\n",
      [
        ":6:15: error: arms.full.measure: the key is not known (did you mean 'measures'?)"
      ]),
    BadInput(
      "measures that are no list",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: {measures: subsidy}}\n",
      [
        ":6:25: error: arms.full.measures: expected a list of support measures, found text (got 'subsidy')"
      ]),
    BadInput(
      "measures and terms in a list",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [subsidy, {set: {}}]}\n",
      [
        ":6:24: error: arms.full[2]: there is no support measure of that name (allowed: subsidy, policy_loan, guarantee, tax_incentive, advice)"
      ]),
    BadInput(
      "rate of -100% in an arm",
      BadInput.valid
        + "support:\n  policy_loan: {}\narms: {full: [], half: {set: {support.policy_loan.base_rate: -100%}}}\n",
      [
        ":5:62: error: arms.half.set.support.policy_loan.base_rate: the number is out of range (got '-100%'; allowed: above -1 to 10)"
      ]),
    BadInput(
      "term 0 in an arm",
      BadInput.valid
        + "support:\n  policy_loan: {}\narms: {full: [], half: {set: {support.policy_loan.term_years: 0}}}\n",
      [
        ":5:63: error: arms.half.set.support.policy_loan.term_years: the number is out of range (got '0'; allowed: from 1 to 50)"
      ]),
    BadInput(
      "calibrated to a list",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\narms: {full: [subsidy]}\ncalibrated_to: [full]\n",
      [
        ":7:16: error: calibrated_to: expected text, found a list"
      ]),
    BadInput(
      "calibration without arms",
      BadInput.valid
        + "support:\n  subsidy: {amount_yen: 1e6}\n  advice: {}\ncalibrated_to: certified\n",
      [
        ":6:16: error: calibrated_to: no arm has this name (got 'certified'; allowed: as_planned)"
      ]),
    BadInput(
      "arms without a support block", BadInput.valid + "arms: {full: [subsidy], none: []}\n",
      [
        ":3:15: error: arms.full: the arm offers a measure that the scenario does not describe (got 'subsidy'; describe it below support.subsidy)"
      ]),
  ]
}
