// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel

/// What a plan has drawn on one path: the same under every arm.
struct PlanDraws {
  /// T in yen.
  var target = 0.0
  var growth = 0.0
  var attainment = 0.0
  var delay = 0.0
  /// p/(1−p)·launch_odds_ratio.
  var launchOdds = 0.0
  /// u; nil where the plan launches for certain.
  var launchUniform: Double?
  /// E of the failure clock.
  var failureClock = 0.0
  /// −log(1−f) by plan year from 1.
  var hazards: [Double] = []
  /// X by calendar year from 1.
  var logShocks: [Double] = []
  /// Factors on revenue by event of the plan, then calendar year from 1.
  var eventMultipliers: [[Double]] = []
  /// Nil without a support block.
  var needs: PlanNeeds?
}

/// What the measures of an arm change in one plan, against the calibrated arm; nothing by default.
struct ArmEffects {
  /// exp(Δ) of each ``SupportEffect``: 1 exactly where the two arms agree.
  private var factors = [Double](repeating: 1, count: SupportEffect.allCases.count)
  /// (scale/scale_calibrated)^e.
  private(set) var scale = 1.0

  init() {}

  init(
    arm: PathTerms, _ funding: ReferenceFunding, calibrated: PathTerms,
    _ calibratedFunding: ReferenceFunding, elasticity: Double
  ) {
    for (index, effect) in SupportEffect.allCases.enumerated() {
      func log(_ terms: PathTerms, _ measure: SupportMeasure) -> Double {
        let size = terms.number(.effect(measure, effect))
        return effect == .logAttainment ? size : Foundation.log(size)
      }
      var difference = 0.0
      for (place, measure) in SupportMeasure.allCases.enumerated() {
        difference +=
          log(arm, measure) * funding.coverage[place]
          - log(calibrated, measure) * calibratedFunding.coverage[place]
      }
      if difference != 0 { factors[index] = exp(difference) }
    }
    let (own, reference) = (funding.scale, calibratedFunding.scale)
    if elasticity != 0, own != reference, reference > 0 {
      scale = pow(own / reference, elasticity)
    }
  }

  subscript(_ effect: SupportEffect) -> Double {
    factors[SupportEffect.allCases.firstIndex(of: effect) ?? 0]
  }
}

/// What happens to one plan under one arm, by calendar year from 0.
struct PlanOutcome {
  var revenue: [Double]
  var isLaunched: [Bool]
  var failedByHazard: [Bool]
  var failedByCash: [Bool]
  /// Nil without a support block.
  var money: PlanMoney?
}

/// One plan under one arm:
///
///     R[t] = T · scale factor · ramp(t − start − delay) · attainment · exp(X[t]) · launched · alive
///            · events[t]
struct ReferenceArm {
  let plan: ResolvedPlan
  let draws: PlanDraws
  let effects: ArmEffects
  /// H.
  let years: Int

  /// - Parameters:
  ///   - account: the plan's account under the arm; nil without a support block.
  ///   - afterHorizon: what loans do then.
  /// Complexity: O(years × loan terms).
  func outcome(account: ReferenceAccount?, afterHorizon: AfterHorizon) -> PlanOutcome {
    var account = account
    let none = [Bool](repeating: false, count: years)
    var outcome = PlanOutcome(
      revenue: [Double](repeating: 0, count: years), isLaunched: none, failedByHazard: none,
      failedByCash: none, money: nil)
    let delay = draws.delay * effects[.delayMultiplier]
    let attainment = draws.attainment * effects[.logAttainment]
    let launches = launches()
    var cumulativeHazard = 0.0
    var lastHazard = 0.0
    var failure: WritableKeyPath<PlanOutcome, [Bool]>?
    for year in 1...years {
      let elapsed = Double(year) - plan.startOffsetYears - delay
      let sells = launches && elapsed > 0
      outcome.isLaunched[year - 1] = sells
      let planYear = year - plan.firstYearIndex
      guard planYear >= 1 else { continue }
      if failure == nil {
        lastHazard = draws.hazards[planYear - 1] * effects[.hazardRatio]
        cumulativeHazard += lastHazard
        // No hazard, no failure: a score so high that E rounds to 0 must not end the plan.
        if cumulativeHazard > 0, cumulativeHazard >= draws.failureClock {
          failure = \.failedByHazard
          account?.fail(year: year)
        } else {
          let ramp =
            sells
            ? plan.ramp.level(
              elapsedYears: elapsed, periodYears: Double(plan.periodYears), growth: draws.growth)
            : 0
          let level =
            sells
            ? draws.target * ramp * attainment * exp(draws.logShocks[year - 1]) * effects.scale : 0
          let revenue = draws.eventMultipliers.reduce(level) { $0 * $1[year - 1] }
          outcome.revenue[year - 1] = revenue
          if account?.pay(year: year, revenue: revenue, fixedCostShare: ramp) == true {
            failure = \.failedByCash
          }
        }
      }
      if let failure { outcome[keyPath: failure][year - 1] = true }
    }
    if failure == nil { account?.runOff(afterHorizon, hazard: lastHazard) }
    outcome.money = account?.money
    return outcome
  }

  /// launched ⇔ u < odds/(1+odds) ⇔ u/(1−u) < odds.
  private func launches() -> Bool {
    guard let u = draws.launchUniform else { return true }
    return u / (1 - u) < draws.launchOdds * effects[.launchOddsRatio]
  }
}
