// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@testable import RenkeiModel

@Suite("Means, bounds and expectations")
struct ExpectationTests {
  /// A table of inputs in the order given, which must be one in which each reads only earlier ones.
  private func table(_ inputs: [(String, Quantity)]) throws -> InputTable {
    var table = InputTable()
    for (name, quantity) in inputs {
      table.append(
        ResolvedInput(
          name: name, quantity: quantity, bounds: try table.bounds(of: quantity),
          mean: table.mean(of: quantity)))
    }
    return table
  }

  private func uniform(_ low: Double, _ high: Double) throws -> Quantity {
    try Build.quantity("uniform", ["min": low, "max": high])
  }

  @Test func linearMeansAreExact() throws {
    let table = try table([("a", uniform(1, 3)), ("s", uniform(0.5, 1.5))])
    let normal = try Build.modulated("normal", open: [("mean", "a"), ("sd", "s")])
    #expect(table.mean(of: normal) == 2)
    let flat = try Build.modulated("uniform", fixed: ["min": 0], open: [("max", "a")])
    #expect(table.mean(of: flat) == 1)
  }

  /// E[median]·exp(σ²/2).
  @Test func uncertainMedianOfALognormal() throws {
    let table = try table([("m", uniform(1, 3))])
    let value = try Build.modulated("lognormal", fixed: ["log_sd": 0.8], open: [("median", "m")])
    let mean = try #require(table.mean(of: value))
    #expect(abs(mean / (2 * Reproducible.exp(0.32)) - 1) < 1e-13)
  }

  /// log_mean normal(0.1, 0.3) and log_sd 0.4: lognormal with variance 0.09 + 0.16 of the logarithm.
  @Test func uncertainLogMean() throws {
    let table = try table([("m", try Build.quantity("normal", ["mean": 0.1, "sd": 0.3]))])
    let value = try Build.modulated("lognormal", fixed: ["log_sd": 0.4], open: [("log_mean", "m")])
    let mean = try #require(table.mean(of: value))
    #expect(abs(mean / Reproducible.exp(0.1 + 0.125) - 1) < 1e-12)
  }

  /// E[exp(s²/2)] for s uniform on [a, b], by Simpson's rule in s.
  @Test func uncertainLogSD() throws {
    let table = try table([("s", uniform(0.2, 0.8))])
    let value = try Build.modulated("lognormal", fixed: ["median": 1], open: [("log_sd", "s")])
    let mean = try #require(table.mean(of: value))
    let n = 2000
    var sum = 0.0
    for i in 0...n {
      let s = 0.2 + 0.6 * Double(i) / Double(n)
      let weight = i == 0 || i == n ? 1.0 : i % 2 == 0 ? 2 : 4
      sum += weight * Reproducible.exp(s * s / 2)
    }
    #expect(abs(mean - sum / Double(3 * n)) < 1e-10)
  }

  @Test func sharedInputsAreNotIndependent() throws {
    let table = try table([("a", uniform(0, 1)), ("b", uniform(0, 1))])
    let same = try #require(table.mean(ofProduct: [.input("a"), .input("a")]))
    #expect(abs(same - 1.0 / 3) < 1e-9)
    #expect(table.mean(ofProduct: [.input("a"), .input("b")]) == 0.25)
    #expect(table.mean(ofProduct: [.constant(4), .input("a")]) == 2)
  }

  /// Two plan-level draws around one input: E[(a + e)(a + f)] = E[a²] for independent e and f.
  @Test func ownDrawsStayIndependent() throws {
    let table = try table([("a", uniform(0, 1))])
    let noisy = try Build.modulated("normal", fixed: ["sd": 2], open: [("mean", "a")])
    let product = try #require(table.mean(ofProduct: [noisy, noisy]))
    #expect(abs(product - 1.0 / 3) < 1e-9)
  }

  @Test func discreteExpectationsAreExactSums() throws {
    let discrete = try DistributionRegistry.make(
      family: "discrete",
      DistributionParameters(lists: ["values": [1, 2, 10], "weights": [0.5, 0.3, 0.2]]))
    let table = InputTable()
    let mean = try #require(table.expectation(of: [.distribution(discrete)]) { $0 * $0 })
    #expect(abs(mean - (0.5 + 1.2 + 20)) < 1e-9)
  }

  /// Moments of the exponential distribution: E[x³] = 3!·mean³.
  @Test func continuousExpectations() throws {
    let quantity = try Build.quantity("exponential", ["mean": 0.69])
    let cube = try #require(InputTable().expectation(of: [quantity]) { $0 * $0 * $0 })
    #expect(abs(cube / (6 * 0.69 * 0.69 * 0.69) - 1) < 1e-9)
  }

  /// The median of a Pareto distribution with exponent 1 exists, its mean does not.
  @Test func infiniteExpectationsAreNil() throws {
    let pareto = try Build.quantity("pareto", ["min": 1, "exponent": 1])
    #expect(InputTable().mean(of: pareto) == nil)
    #expect(InputTable().expectation(of: [pareto]) { $0 } == nil)
    let share = try #require(InputTable().expectation(of: [pareto]) { $0 > 2 ? 1 : 0 })
    // A jump inside a panel costs about a node's weight.
    #expect(abs(share - 0.5) < 0.01)
  }

  @Test func tooManyUncertainNumbersAreRefused() throws {
    let names = ["a", "b", "c", "d"]
    let table = try table(names.map { ($0, try uniform(0, 1)) })
    #expect(table.expectation(of: names.map { .input($0) }) { $0 } == nil)
    let three = try #require(table.expectation(of: names.prefix(3).map { .input($0) }) { $0 })
    #expect(abs(three - 0.125) < 1e-6)
  }

  @Test func boundsOfDraws() throws {
    let table = try table([("a", uniform(0.1, 0.2)), ("b", .input("a"))])
    #expect(try table.bounds(of: .constant(3)) == 3...3)
    let normal = try table.bounds(of: Build.quantity("normal", ["mean": 1, "sd": 2]))
    #expect(abs(normal.lowerBound + 15.6) < 1e-12 && abs(normal.upperBound - 17.6) < 1e-12)
    let input = try table.bounds(of: .input("b"))
    #expect(abs(input.lowerBound - 0.1) < 1e-12 && abs(input.upperBound - 0.2) < 1e-12)
  }

  /// min from an input and max fixed: corners keep the upper end at max, where adding the ranges
  /// of location and scale would give 1.1.
  @Test func boundsOfModulatedDistributionsAreTight() throws {
    let table = try table([("low", uniform(0.1, 0.2))])
    let flat = try Build.modulated("uniform", fixed: ["max": 1], open: [("min", "low")])
    let bounds = try table.bounds(of: flat)
    #expect(abs(bounds.lowerBound - 0.1) < 1e-9)
    #expect(abs(bounds.upperBound - 1) < 1e-9)
  }

  @Test func productsOfRanges() {
    #expect(InputTable.product(-1...2, -3...1) == -6...3)
    #expect(InputTable.product(0.5...1, 2...3) == 1...3)
  }

  @Test func inputsAreOrderedByWhatTheyRead() throws {
    let flat = try uniform(0, 1)
    let model = try Build.scenario(
      plans: [Build.plan("A")],
      defaults: [.attainment: .input("last"), .launchDelayYears: .input("other")]
    ) {
      $0.inputs = [
        Build.input("last", .input("middle")), Build.input("other", .constant(2)),
        Build.input("middle", .input("first")), Build.input("first", flat),
      ]
    }.resolved()
    #expect(model.inputs.map(\.name) == ["first", "middle", "last", "other"])
    #expect(model.plans[0].attainment.mean == 0.5)
    let square = try #require(model.expectation(of: model.plans[0].attainment) { $0 * $0 })
    #expect(abs(square - 1.0 / 3) < 1e-9)
  }
}
