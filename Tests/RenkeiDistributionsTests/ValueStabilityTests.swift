// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

/// Bits that may not change without a note in the change log: the results of old runs depend on
/// them, on every machine. The literals were recorded from this code; that the values are right is
/// shown by the other tests.
@Suite struct ValueStabilityTests {
  @Test(arguments: [
    (Reproducible.exp(-0.2), 0.8187307530779818),
    (Reproducible.exp(12.34), 228661.9520568098),
    (Reproducible.exp2(0.3), 1.2311444133449163),
    (Reproducible.expm1(1e-3), 0.0010005001667083417),
    (Reproducible.log(0.3), -1.2039728043259361),
    (Reproducible.log(197.2e9), 26.007484279114948),
    (Reproducible.log2(10), 3.321928094887362),
    (Reproducible.log1p(-0.07), -0.07257069283483544),
    (Reproducible.pow(0.95, 4.5), 0.7938824911311555),
    (Reproducible.normalCDF(-1.3), 0.09680048458561032),
    (Reproducible.normalCDF(-8.3), 5.2055697448902533e-17),
    (Reproducible.normalUpperTail(2.5), 0.006209665325776137),
    (Reproducible.normalQuantile(0.3), -0.5244005127080408),
    (Reproducible.normalQuantile(1e-9), -5.997807015007685),
    (Reproducible.normalDensity(1.1), 0.21785217703255053),
    (Reproducible.logGamma(0.37), 0.8769468194848794),
    (Reproducible.logGamma(31.4), 76.02795626236885),
    (Reproducible.arcTangent(0.7), 0.6107259643892086),
    (Reproducible.tangentOfPi(0.13), 0.4327386422474259),
  ]) func functionsKeepTheirBits(value: Double, recorded: Double) {
    #expect(value == recorded)
  }

  /// Tables of families that need no GSL: their hashes are the same on every machine.
  @Test(
    arguments: [
      (DistributionCase("normal", ["mean": 0, "sd": 1]), 0x4edf_819c_3dba_3805),
      (DistributionCase("lognormal", ["median": 0.3, "log_sd": 1.2]), 0x2b65_6a11_37ad_3564),
      (DistributionCase("uniform", ["min": 0.4, "max": 0.7]), 0xd641_242e_b8b4_2d35),
      (
        DistributionCase("triangular", ["min": -0.3, "mode": 0.4, "max": 1.5]),
        0x506b_54cc_8484_5101
      ),
      (DistributionCase("exponential", ["mean": 0.69]), 0x02b5_0115_4b88_3a9b),
      (DistributionCase("weibull", ["shape": 1.5, "scale": 2]), 0x43de_3ab4_2ddc_b555),
      (DistributionCase("pareto", ["min": 100, "exponent": 0.886]), 0x3809_f769_728a_f3e6),
      (DistributionCase("laplace", ["location": 1, "scale": 0.3]), 0x46a5_f46c_c2e7_5f10),
      (DistributionCase("logistic", ["location": 2, "scale": 0.4]), 0x6740_5bcb_0099_8691),
      (DistributionCase("gumbel", ["location": -1, "scale": 3]), 0x569b_81d0_d9da_50d8),
      (DistributionCase("cauchy", ["location": 0.5, "scale": 2]), 0xcb5e_0e46_61eb_a96d),
      (DistributionCase("rayleigh", ["scale": 0.4]), 0xc850_aaa0_f627_e5fe),
      (
        DistributionCase(
          "mixture",
          mixing: [
            (0.85, DistributionCase("lognormal", ["median": 180e6, "log_sd": 0.5])),
            (0.15, DistributionCase("lognormal", ["median": 2311e6, "log_sd": 0.8])),
          ]), 0xfb79_0661_02ee_e23f
      ),
      (
        DistributionCase("pareto", ["min": 100, "exponent": 0.886], truncate: (100, 20_000)),
        0x4096_8345_fc72_b6ff
      ),
      (
        DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (4, 6)),
        0x6775_43bd_1e20_e411
      ),
    ] as [(DistributionCase, UInt64)]) func tablesKeepTheirBits(
      of: DistributionCase, recorded: UInt64
    ) throws
  {
    let hash = try QuantileTable(of.make()).hash
    #expect(hash == recorded, "0x\(String(hash, radix: 16))")
  }
}
