// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiModel

extension VectorEngine {
  /// Every attributed figure of every path under every arm; only with a support block.
  ///
  /// The draws are those of ``run(control:)``, and so are the bits.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run without histograms, in memory for arms × paths × metrics.
  package func pathMetrics(control: RunControl = RunControl()) throws -> PathMetrics {
    let metrics = PathMetrics(arms: model.arms.count, paths: options.paths)
    let chunks = WorkCounter(
      count: (options.paths + Self.chunkPaths - 1) / Self.chunkPaths)
    let threads = min(options.threads, max(1, chunks.count))
    let workers = (0..<threads).map { _ in
      MetricWorker(portfolio: portfolio, instructionSet: instructionSet, metrics: metrics)
    }
    WorkerPool.run(threads: threads) { index in
      while !control.isCancelled, let chunk = chunks.take() {
        control.advance(by: workers[index].run(chunk: chunk))
      }
    }
    if control.isCancelled { throw SimulationError.cancelled }
    return metrics
  }
}

/// One thread that copies the figures of its paths instead of adding them up.
///
/// Unchecked sendable: only the thread that owns a worker calls it while the engine runs.
private final class MetricWorker: @unchecked Sendable {
  private let metrics: PathMetrics
  private let workspace: BlockWorkspace
  private let runner: BlockRunner
  private let shifts: [ArmShifts]
  private let layout: TallyLayout
  private var firstPath = 0
  private var paths = 0
  /// Present values of the arm at hand, by ``PlanMoney/index(_:_:)``, then path.
  private var flows: [Double]

  init(portfolio: CompiledPortfolio, instructionSet: InstructionSet, metrics: PathMetrics) {
    precondition(portfolio.support != nil, "only support has figures to attribute")
    self.metrics = metrics
    layout = portfolio.layout
    shifts = (0..<metrics.arms).map { _ in ArmShifts(portfolio) }
    workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, histograms: shifts.map { _ in ArmHistograms.none })
    let flowCount = CostBasis.allCases.count * CostFlow.allCases.count
    flows = [Double](repeating: 0, count: flowCount * BlockRunner.width)
    workspace.money?.figureRecorder = { [unowned self] arm, kind, cell, column in
      switch kind {
      case .effect: record(effect: EffectMetric.allCases[cell], arm: arm, column)
      case .flow:
        for path in 0..<paths { flows[cell * BlockRunner.width + path] = column[path] }
        if cell == flowCount - 1 { recordCost(arm: arm) }
      case .loan, .cost: break
      }
    }
  }

  /// Computes the blocks of one chunk; returns its number of paths.
  func run(chunk: Int) -> Int {
    // What is added up besides is of no use here.
    var sums = RunSums(layout: layout, shifts: shifts)
    let start = chunk * VectorEngine.chunkPaths
    let end = min(metrics.paths, start + VectorEngine.chunkPaths)
    for path in stride(from: start, to: end, by: BlockRunner.width) {
      (firstPath, paths) = (path, min(BlockRunner.width, end - path))
      runner.run(block: path / BlockRunner.width, paths: paths, in: workspace, into: &sums)
    }
    return end - start
  }

  private func record(effect: EffectMetric, arm: Int, _ column: UnsafePointer<Double>) {
    let metric: AttributionMetric? =
      switch effect {
      case .cumulativeRevenue: .cumulativeRevenue
      case .goalProbability: .goalProbability
      case .launched: .launched
      case .surviving: .surviving
      case .active, .failedHazard, .failedCash, .investment, .privateLoans: nil
      }
    guard let metric else { return }
    let target = metrics.column(metric, arm: arm)
    for path in 0..<paths { target[firstPath + path] = column[path] }
  }

  private func recordCost(arm: Int) {
    let start = PlanMoney.index(.life, .subsidyPaid)
    let target = metrics.column(.netPublicCost, arm: arm)
    for path in 0..<paths {
      let own = (start..<(start + CostFlow.allCases.count)).map {
        flows[$0 * BlockRunner.width + path]
      }
      target[firstPath + path] = CostComponent.net.value(own, baselineTax: 0)
    }
  }
}
