// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import RenkeiModel

extension TableStore {
  /// Builds the tables that a model will ask for, several at a time.
  ///
  /// A head start and no more: what it misses, or cannot build, is built, or refused, when asked for,
  /// and in whatever order tables come to be here, their order in the manifest's hash is that in which
  /// they are asked for.
  ///
  /// - Complexity: O(plans looked at), and one table for each distinct distribution.
  func prepare(for model: ProjectionModel) {
    var seen: Set<String> = []
    let wanted = model.distributionsAhead.filter {
      guard case .table = $0.sampling else { return false }
      return seen.insert(Self.key($0)).inserted
    }
    if wanted.count < 2 { return }
    let processors = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let places = WorkCounter(count: wanted.count)
    WorkerPool.run(threads: min(processors, wanted.count)) { [quantiles] _ in
      while let place = places.take() { _ = try? quantiles.table(for: wanted[place]) }
    }
  }
}

extension ProjectionModel {
  /// Plans that are looked at; those of a programme mostly share their distributions.
  private static let plansAhead = 256

  /// Distributions of the named inputs and of the first plans, with repetitions.
  fileprivate var distributionsAhead: [any UnivariateDistribution] {
    let ofPlans = plans.prefix(Self.plansAhead).flatMap { plan in
      [
        plan.endTargetYen, plan.growthAfterPlan, plan.attainment, plan.launchProbability,
        plan.launchOddsRatio, plan.launchDelayYears, plan.annualShockSD,
      ].map(\.base) + (plan.finance?.quantities.map(\.base) ?? [])
    }
    return (inputs.map(\.quantity) + ofPlans).compactMap {
      if case .distribution(let distribution) = $0 { distribution } else { nil }
    }
  }
}
