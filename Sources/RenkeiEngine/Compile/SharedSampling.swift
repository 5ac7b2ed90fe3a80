// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// How the columns that all plans share are sampled where that is not at random.
///
/// A column's uniforms are a pure function of seed, address and block under every design, and its
/// normal scores are Φ⁻¹ of them.
struct SharedSampling: Sendable {
  enum Method: Sendable {
    /// Paths i and i + 256 of a block: u and 1 − u.
    case mirrored
    /// One path of a block in each of 512 strata.
    case stratified
    /// Block b is part b / 16 of the sequence in randomisation b mod 16. Coordinates by stream, and
    /// the direction numbers of each as the kernel reads them.
    case net(coordinates: [UInt64: Int], directions: [[UInt32]])
  }

  let method: Method

  /// - Parameter addresses: shared columns by falling importance; only a sequence asks for them.
  /// - Returns: nil where every column is random.
  init?(_ design: SamplingDesign, addresses: [DrawAddress]) {
    switch design {
    case .random: return nil
    case .antithetic: method = .mirrored
    case .latinHypercube: method = .stratified
    case .sobol:
      var coordinates: [UInt64: Int] = [:]
      for address in addresses where coordinates.count < SobolSequence.dimensionCount {
        if coordinates[address.stream] == nil { coordinates[address.stream] = coordinates.count }
      }
      let directions = (0..<coordinates.count).map { coordinate in
        SobolSequence.directions(dimension: coordinate).map { Self.reversed($0) }
      }
      method = .net(coordinates: coordinates, directions: directions)
    }
  }

  /// Fills a column with the design's uniforms; false where the column stays random.
  func fill(_ y: ColumnPointer, _ address: DrawAddress, in workspace: BlockWorkspace) -> Bool {
    if case .plan = address.key.entity { return false }
    let kernels = workspace.kernels
    let (seed, stream, block) = (workspace.seed(of: address), address.stream, workspace.block)
    switch method {
    case .mirrored:
      kernels.pointee.uniforms(seed, stream, block, y)
      let half = BlockRunner.width / 2
      for path in 0..<half { y[half + path] = 1 - y[path] }
    case .stratified:
      kernels.pointee.stratified(seed, stream, block, y)
    case .net(let coordinates, let directions):
      guard let coordinate = coordinates[stream] else { return false }
      let (part, randomisation) = block.quotientAndRemainder(
        dividingBy: UInt32(ErrorUnit.randomisationCount))
      let scramble = NetScramble(seed: seed, stream: stream, randomisation: randomisation)
      directions[coordinate].withUnsafeBufferPointer {
        guard let first = $0.baseAddress else { return }
        kernels.pointee.scrambled_net(
          first, part * UInt32(BlockRunner.width), scramble.key, scramble.shift, seed, stream,
          block, y)
      }
    }
    return true
  }

  /// The first digit in the lowest bit.
  private static func reversed(_ digits: UInt32) -> UInt32 {
    (0..<32).reduce(0) { $0 | (digits >> UInt32($1) & 1) << UInt32(31 - $1) }
  }
}

extension PlanCompiler {
  /// The shared columns by falling importance:
  ///
  /// 1. what is drawn once: correlated inputs, other inputs, optimism, credit, loadings and event
  ///    probabilities, in the order in which they are computed, and the support block's terms;
  /// 2. factors of all plans, year by year;
  /// 3. whether each event strikes, year by year;
  /// 4. what a strike does, year by year;
  /// 5. factors by column, year by year, series by the bytes of their names: the order of the plan
  ///    list must not count;
  /// 6. the terms that only arms draw: which arms run must not count for anything before.
  func sharedAddresses() -> [DrawAddress] {
    var addresses = programme.steps.compactMap { step -> DrawAddress? in
      switch step {
      case .draw(let address, _), .score(let address):
        if case .supportTerm = address.key.variable { nil } else { address }
      case .mixedScore, .transformed, .linear, .squareRoot, .complement: nil
      }
    }
    let terms = SupportTerm.allCases.filter { _ in model.support != nil }
    func address(_ term: SupportTerm) -> DrawAddress {
      Self.address(DrawKey(.programme, .supportTerm(term, arm: "")))
    }
    addresses += terms.filter(blockDraws).map(address)
    let years = 0..<model.horizonYears
    let common = factorSeries.filter { $0.name.isEmpty }
    let byColumn = factorSeries.filter { !$0.name.isEmpty }.enumerated().sorted { a, b in
      // Series of one name stand in the order of their factors.
      a.element.name == b.element.name
        ? a.offset < b.offset
        : a.element.name.utf8.lexicographicallyPrecedes(b.element.name.utf8)
    }.map(\.element)
    addresses += years.flatMap { year in common.map { $0.addresses[year] } }
    addresses += years.flatMap { year in events.map { $0.years[year].strike } }
    addresses += years.flatMap { year in
      events.compactMap { event in
        if case .drawn = event.multiplier { event.years[year].multiplier } else { nil }
      }
    }
    addresses += years.flatMap { year in byColumn.map { $0.addresses[year] } }
    addresses += terms.filter { !blockDraws($0) }.map(address)
    return addresses
  }

  /// Whether a term of the support block is a distribution of its own.
  private func blockDraws(_ term: SupportTerm) -> Bool {
    switch model.support?.terms.quantity(term) {
    case .distribution, .modulated: true
    case .constant, .input, nil: false
    }
  }
}
