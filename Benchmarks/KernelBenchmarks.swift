// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import CGSL
import Foundation
import RenkeiDraws

/// Each leaf kernel on columns of 512 values, by instruction set, beside the same work as a loop of
/// scalar Swift, GSL or the C library.
///
/// The ledger of a plan's money is measured where it runs, with the arms.
struct KernelBenchmarks {
  /// A kernel and its peer, each once on a column.
  private struct Subject {
    let name: String
    let peer: String
    /// Values of one call.
    var values = KernelWorkspace.width
    let scalar: () -> Void
    let kernel: (rk_kernels) -> Void
  }

  private let room = KernelWorkspace()

  /// One group a kernel: its peer, then every instruction set.
  var groups: [BenchmarkGroup] {
    (draws + functions + elementwise + years + money).map { subject in
      let calls = BenchmarkBuild.isOptimised ? 1_000 : 1
      // Emulated fused multiply-adds take up to a hundred times as long.
      let fewer = BenchmarkBuild.isOptimised ? 50 : 1
      let peer = "\(subject.name): \(subject.peer)"
      var cases = [
        BenchmarkCase(peer, items: fewer * subject.values) {
          for _ in 0..<fewer { subject.scalar() }
        }
      ]
      for set in InstructionSet.available {
        let kernels = ColumnKernels(set).table.pointee
        let count = set == .baseline ? fewer : calls
        cases.append(
          BenchmarkCase(
            subject.name, instructionSet: set.name, items: count * subject.values, peer: peer
          ) { [room] in
            // The bodies point into it.
            withExtendedLifetime(room) { for _ in 0..<count { subject.kernel(kernels) } }
          })
      }
      return BenchmarkGroup(
        name: "leaf kernel", unit: .nanoseconds(per: "value"),
        rounds: BenchmarkBuild.isOptimised ? 15 : 1, cases: cases)
    }
  }

  private var draws: [Subject] {
    let (r, g) = (room, room.generator)
    let directions = SobolSequence.directions(dimension: 5)
    func uniform() { r.each { _ in gsl_rng_uniform_pos(g) } }
    return [
      Subject(
        name: "normals", peer: "gsl_ran_gaussian_ziggurat",
        scalar: { r.each { _ in gsl_ran_gaussian_ziggurat(g, 1) } },
        kernel: { $0.normals(1, 2, 3, r.y) }),
      Subject(
        name: "single_normals", peer: "gsl_ran_gaussian_ziggurat",
        scalar: { r.each { _ in gsl_ran_gaussian_ziggurat(g, 1) } },
        kernel: { $0.single_normals(1, 2, 3, r.singles) }),
      Subject(
        name: "uniforms", peer: "gsl_rng_uniform_pos", scalar: uniform,
        kernel: { $0.uniforms(1, 2, 3, r.y) }),
      Subject(
        name: "stratified", peer: "gsl_rng_uniform_pos", scalar: uniform,
        kernel: { $0.stratified(1, 2, 3, r.y) }),
      Subject(
        name: "scrambled_net", peer: "gsl_rng_uniform_pos", scalar: uniform,
        kernel: { $0.scrambled_net(directions, 512, 3, 4, 1, 2, 3, r.y) }),
    ]
  }

  private var functions: [Subject] {
    let r = room
    let coefficients = (0..<16).map { 1 / Double($0 + 1) }
    let piece = [
      rk_piece(start: 0, inverse_step: 4, last_segment: 3, first_coefficient: 0, end: 1)
    ]
    let thresholds = (1...8).map { Double($0) / 9 }
    let values = (0...8).map(Double.init)
    return [
      Subject(
        name: "normal_quantile", peer: "gsl_cdf_ugaussian_Pinv",
        scalar: { r.each { gsl_cdf_ugaussian_Pinv(r.u[$0]) } },
        kernel: { $0.normal_quantile(r.u, r.y) }),
      Subject(
        name: "exp2", peer: "C library", scalar: { r.each { exp2(r.z[$0]) } },
        kernel: { $0.exp2(r.z, r.y) }),
      Subject(
        name: "log2", peer: "C library", scalar: { r.each { log2(r.u[$0]) } },
        kernel: { $0.log2(r.u, r.y) }),
      Subject(
        name: "cubic_table", peer: "Swift",
        scalar: {
          r.each {
            let s = r.u[$0] * 4
            let k = min(s.rounded(.down), 3)
            let c = 4 * Int(k)
            let t = s - k
            return ((coefficients[c + 3] * t + coefficients[c + 2]) * t + coefficients[c + 1]) * t
              + coefficients[c]
          }
        }, kernel: { $0.cubic_table(coefficients, piece, 1, r.u, r.y) }),
      Subject(
        name: "step_table", peer: "Swift",
        scalar: {
          r.each { i in
            var place = 0
            while place < 8, thresholds[place] <= r.u[i] { place += 1 }
            return values[place]
          }
        }, kernel: { $0.step_table(thresholds, values, 8, r.u, r.y) }),
    ]
  }

  private var elementwise: [Subject] {
    let r = room
    let (u, v, z) = (room.u, room.v, room.z)
    func subject(
      _ name: String, _ scalar: @escaping () -> Void, _ kernel: @escaping (rk_kernels) -> Void
    ) -> Subject {
      Subject(name: name, peer: "Swift", scalar: scalar, kernel: kernel)
    }
    return [
      subject("fill", { r.each { _ in 2 } }, { $0.fill(2, r.y) }),
      subject("affine", { r.each { 2 * u[$0] + 3 } }, { $0.affine(2, u, 3, r.y) }),
      subject(
        "scaled_sum", { r.each { 2 * u[$0] + 3 * v[$0] } }, { $0.scaled_sum(2, u, 3, v, r.y) }),
      subject("add_scaled", { r.each { 2 * u[$0] + r.y[$0] } }, { $0.add_scaled(0.5, z, r.y) }),
      subject(
        "multiply_add", { r.each { u[$0] * v[$0] + z[$0] } }, { $0.multiply_add(u, v, z, r.y) }),
      subject("multiply", { r.each { u[$0] * v[$0] } }, { $0.multiply(u, v, r.y) }),
      subject("add", { r.each { u[$0] + v[$0] } }, { $0.add(u, v, r.y) }),
      subject("divide", { r.each { u[$0] / v[$0] } }, { $0.divide(u, v, r.y) }),
      subject("minimum", { r.each { min(z[$0], 0.5) } }, { $0.minimum(z, 0.5, r.y) }),
      subject("maximum", { r.each { max(z[$0], 0.5) } }, { $0.maximum(z, 0.5, r.y) }),
      subject("clamp", { r.each { min(max(z[$0], 0), 1) } }, { $0.clamp(z, 0, 1, r.y) }),
      subject("square_root", { r.each { u[$0].squareRoot() } }, { $0.square_root(u, r.y) }),
      subject(
        "select_below", { r.each { u[$0] < v[$0] ? z[$0] : .infinity } },
        { $0.select_below(u, v, z, r.y) }),
      subject(
        "times_linear_ramp", { r.each { r.y[$0] * min(max((2 - u[$0]) * 0.5, 0), 1) } },
        {
          $0.fill(1, r.y)
          $0.times_linear_ramp(u, 2, 0.5, r.y)
        }),
    ]
  }

  private var years: [Subject] {
    let r = room
    let width = KernelWorkspace.width
    let generator = room.generator
    /// A year as a loop: revenue while alive, its sums, what is counted.
    func account(_ level: (Int) -> Double) {
      var (sum, square, active, met) = (0.0, 0.0, 0, 0)
      for i in 0..<width {
        let revenue = r.u[i] < 0.95 ? level(i) : 0
        sum += revenue
        square += revenue * revenue
        active += revenue > 0 ? 1 : 0
        met += revenue >= 1 ? 1 : 0
        r.rooms[0][i] += revenue
        r.total[i] += revenue
      }
      r.y[0] = sum + square + Double(active + met)
    }
    /// The years of a plan, one after another.
    func plan() {
      for _ in 0..<KernelWorkspace.years {
        account { exp2((gsl_ran_gaussian_ziggurat(generator, 5) + r.u[$0]) / 16) }
      }
    }
    return [
      Subject(
        name: "walk", peer: "Swift and exp2",
        scalar: { r.each { exp2((r.z[$0] * 1.6 + r.u[$0]) / 16) } },
        kernel: {
          $0.fill(0, r.x)
          $0.walk(1.6, r.z, r.u, 1, r.x, r.y)
        }),
      Subject(
        name: "account", peer: "Swift", scalar: { account { r.m[$0] } },
        kernel: {
          var (account, sums) = (r.account(level: r.m, keepsRevenue: true), rk_account_sums())
          $0.account(&account, &sums)
        }),
      Subject(
        name: "walk_and_account", peer: "Swift and exp2",
        scalar: { account { exp2((r.z[$0] * 1.6 + r.u[$0]) / 16) } },
        kernel: {
          $0.fill(0, r.x)
          var step = rk_step(
            s: 1.6, z: r.z, drift: r.u, walk: r.x, scale: 1, factors: nil, factor_count: 0)
          var (account, sums) = (r.account(level: r.m, keepsRevenue: false), rk_account_sums())
          $0.walk_and_account(&step, &account, &sums)
        }),
      Subject(
        name: "plan", peer: "gsl_ran_* and exp2", values: width * KernelWorkspace.years,
        scalar: plan,
        kernel: {
          var plan = r.plan()
          $0.plan(&plan, r.yearSums)
        }),
      Subject(
        name: "single_plan", peer: "gsl_ran_* and exp2", values: width * KernelWorkspace.years,
        scalar: plan,
        kernel: {
          var plan = r.singlePlan()
          $0.single_plan(&plan, r.yearSums)
        }),
      Subject(
        name: "moments", peer: "Swift",
        scalar: {
          var (sum, square) = (0.0, 0.0)
          for i in 0..<width {
            sum += r.z[i] - 1
            square += (r.z[i] - 1) * (r.z[i] - 1)
          }
          r.y[0] = sum + square
        },
        kernel: { $0.moments(r.z, 1, Int32(RK_WIDTH), r.x, r.y) }),
      Subject(
        name: "histogram_slots", peer: "log2 of the C library",
        scalar: { for i in 0..<width { r.slots[i] = UInt16((log2(r.m[i]) + 4) * 128) } },
        kernel: { _ = $0.histogram_slots(r.m, r.slots) }),
      Subject(
        name: "add_counts", peer: "Swift",
        scalar: {
          for i in 0..<width {
            r.counts[i] &+= Int32(truncatingIfNeeded: r.ever[i / 64] >> UInt64(i % 64) & 1)
          }
        },
        kernel: {
          r.counters[0] = 1
          $0.add_counts(r.counters, r.counts)
        }),
    ]
  }

  private var money: [Subject] {
    let r = room
    let (u, v, m) = (room.operand(room.u), room.operand(room.v), room.operand(room.m))
    let terms = [rk_change(s: u, a: v, r: m, b: v), rk_change(s: v, a: v, r: u, b: m)]
    func power(_ x: Double, _ exponent: Double) -> Double { pow(x, exponent) }
    return [
      Subject(
        name: "indicator_below", peer: "Swift", scalar: { r.each { r.u[$0] < r.v[$0] ? 1 : 0 } },
        kernel: { $0.indicator_below(r.u, v, r.y) }),
      Subject(
        name: "change", peer: "Swift",
        scalar: {
          r.each {
            (r.u[$0] * r.v[$0] - r.m[$0] * r.v[$0]) + (r.v[$0] * r.v[$0] - r.u[$0] * r.m[$0])
          }
        }, kernel: { $0.change(terms, 2, r.y) }),
      Subject(
        name: "change_ratio", peer: "exp2 of the C library",
        scalar: {
          r.each { exp2(0.5 * ((r.u[$0] - r.m[$0]) * r.v[$0] + (r.v[$0] - r.m[$0]) * r.u[$0])) }
        }, kernel: { $0.change_ratio(0.5, terms, 2, r.y) }),
      Subject(
        name: "select_equal", peer: "Swift",
        scalar: { r.each { r.u[$0] == 0.5 ? r.v[$0] : r.z[$0] } },
        kernel: { $0.select_equal(r.u, 0.5, r.v, r.z, r.y) }),
      Subject(
        name: "root", peer: "pow of the C library",
        scalar: { r.each { power(r.u[$0], 1 / r.m[$0]) } }, kernel: { $0.root(r.u, m, r.y) }),
      Subject(
        name: "power", peer: "pow of the C library",
        scalar: { r.each { power(r.u[$0], r.m[$0]) } }, kernel: { $0.power(u, m, r.y) }),
      Subject(
        name: "scaled_power", peer: "exp2 and pow of the C library",
        scalar: { r.each { exp2(0.5 * r.z[$0]) * power(r.u[$0] / r.m[$0], r.v[$0]) } },
        kernel: { $0.scaled_power(0.5, r.z, v, r.u, r.m, r.y) }),
      Subject(
        name: "entry", peer: "Swift",
        scalar: {
          r.each {
            let odds = r.m[$0] * r.v[$0] / (1 - r.v[$0])
            return r.u[$0] < odds / (1 + odds) ? r.z[$0] * r.m[$0] : .infinity
          }
        }, kernel: { $0.entry(u, v, m, r.operand(r.z), m, r.y) }),
      Subject(
        name: "stop_after", peer: "Swift",
        scalar: {
          for i in 0..<KernelWorkspace.width where r.m[i] < 1.5 {
            r.x[i] = 0
            r.y[i] = -.infinity
          }
        },
        kernel: { $0.stop_after(r.m, 1.5, r.x, r.y, r.counts) }),
      Subject(
        name: "waterfall", peer: "Swift", scalar: { waterfall() },
        kernel: {
          var waterfall = r.waterfall()
          $0.waterfall(&waterfall)
        }),
    ]
  }

  /// Sources that fill a need, as a loop.
  private func waterfall() {
    let r = room
    for i in 0..<KernelWorkspace.width {
      let need = r.m[i]
      var open = max(0, need - r.u[i])
      let asked = min(r.u[i], r.u[i] * need, 0.5, open)
      let grant = asked < 0.1 ? 0 : asked * r.v[i]
      open -= grant
      let loan = min(r.u[i] * r.v[i], 0.8, open)
      open -= loan
      let last = min(max(0, r.u[i] + r.u[i] * loan), open)
      open -= last
      r.rooms[0][i] = grant
      r.rooms[1][i] = loan
      r.rooms[2][i] = last
      r.rooms[3][i] = last > 0 ? min(r.u[i] * last, 1) * r.v[i] / last : 0
      r.rooms[4][i] = open
      r.rooms[5][i] = need > 0 ? (need - open) / need : 1
    }
  }
}
