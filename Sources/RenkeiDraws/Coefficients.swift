// SPDX-License-Identifier: GPL-3.0-or-later

/// Tables and polynomial coefficients of the scalar twin.
///
/// The same numbers as `tables.h` of the kernels, where their derivation and errors stand; polynomials
/// are in ascending powers.
enum Coefficients {
  /// 1/(1 + j/16).
  static let reciprocalCentre: [Double] = [
    0x1.0000000000000p+0, 0x1.e1e1e1e1e1e1ep-1, 0x1.c71c71c71c71cp-1,
    0x1.af286bca1af28p-1, 0x1.999999999999ap-1, 0x1.8618618618618p-1,
    0x1.745d1745d1746p-1, 0x1.642c8590b2164p-1, 0x1.5555555555555p-1,
    0x1.47ae147ae147bp-1, 0x1.3b13b13b13b14p-1, 0x1.2f684bda12f68p-1,
    0x1.2492492492492p-1, 0x1.1a7b9611a7b96p-1, 0x1.1111111111111p-1,
    0x1.0842108421084p-1,
  ]

  /// −log₂ of `reciprocalCentre`.
  static let log2Centre: [Double] = [
    0.0, 0x1.663f6fac91318p-4, 0x1.5c01a39fbd68bp-3,
    0x1.fbc16b902680dp-3, 0x1.49a784bcd1b8ap-2, 0x1.91bba891f170ap-2,
    0x1.d6753e032ea0ep-2, 0x1.0c10500d63aa7p-1, 0x1.2b803473f7ad2p-1,
    0x1.49a784bcd1b8bp-1, 0x1.66a008e4788cbp-1, 0x1.82809d5be7074p-1,
    0x1.9d5d9fd5010b4p-1, 0x1.b74948f5532dap-1, 0x1.d053f6d260897p-1,
    0x1.e88c6b3626a73p-1,
  ]

  /// log₂(1 + z)/z.
  static let log2: [Double] = [
    0x1.71547652cf0b5p+0, -0x1.715476532c330p-1, 0x1.ec70924208c46p-2,
    -0x1.715464dc2bdfap-2, 0x1.27d30d1481b0cp-2, -0x1.ed3bb8f7a3222p-3,
  ]

  /// 1/(1 + (j + ½)/16), the last ½.
  static let radiusReciprocal: [Double] = [
    0x1.f07c1f07c1f08p-1, 0x1.d41d41d41d41dp-1, 0x1.bacf914c1bad0p-1,
    0x1.a41a41a41a41ap-1, 0x1.8f9c18f9c18fap-1, 0x1.7d05f417d05f4p-1,
    0x1.6c16c16c16c17p-1, 0x1.5c9882b931057p-1, 0x1.4e5e0a72f0539p-1,
    0x1.4141414141414p-1, 0x1.3521cfb2b78c1p-1, 0x1.29e4129e4129ep-1,
    0x1.1f7047dc11f70p-1, 0x1.15b1e5f75270dp-1, 0x1.0c9714fbcda3bp-1,
    0x1.0000000000000p-1,
  ]

  /// 64·2 ln 2 + 2 ln of `radiusReciprocal`.
  static let radiusCentre: [Double] = [
    0x1.62a52ab986b65p+6, 0x1.622ca95b4c74ap+6, 0x1.61badac021a0bp+6,
    0x1.614f0a45d45a9p+6, 0x1.60e89e68cdbc2p+6, 0x1.60871398477c6p+6,
    0x1.6029f837b89ecp+6, 0x1.5fd0e97ecb77bp+6, 0x1.5f7b91002a0e1p+6,
    0x1.5f29a2af0b677p+6, 0x1.5edadb463a2bcp+6, 0x1.5e8efefae66a8p+6,
    0x1.5e45d86b0133cp+6, 0x1.5dff37bace158p+6, 0x1.5dbaf1d837905p+6,
    0x1.5d589f2fe5118p+6,
  ]

  /// −2 ln(1 + z)/z.
  static let radius: [Double] = [
    -0x1.000000019b765p+1, 0x1.fffffbed7dcf6p-1, -0x1.5554e89a3a5a1p-1,
    0x1.0038490d206dep-1, -0x1.9cd17b66ae049p-2,
  ]

  /// 2 ln 2 to 46 bits.
  static let radiusTwoLn2 = 0x1.62e42fefa3a00p+0
  /// The largest radius², a hair below the square of the normal limit.
  static let radiusSquaredLimit = 68.89 - 1e-9

  /// sin(ax)/x in powers of x², a = π/4·2⁻⁶³.
  static let sine: [Double] = [
    0x1.921fb54419d2ep-64, -0x1.4abbce48b7e2bp-193, 0x1.466bb4806e5b8p-324,
    -0x1.32c8857bd403ap-456, 0x1.4b51441e199a6p-589,
  ]

  /// cos(ax) in powers of x².
  static let cosine: [Double] = [
    0x1.ffffffffffe0cp-1, -0x1.3bd3cc9bd2c8ap-128, 0x1.03c1f074e178dp-258,
    -0x1.55d3ba31e7f95p-390, 0x1.e1e7cddc340abp-523, -0x1.a0ee4978f9d58p-656,
  ]

  /// Bits of 2^(j/16), less j << 48.
  static let exp2Centre: [UInt64] = [
    0x3ff0_0000_0000_0000, 0x3fef_b558_6cf9_890f, 0x3fef_72b8_3c7d_517b,
    0x3fef_387a_6e75_6238, 0x3fef_06fe_0a31_b715, 0x3fee_dea6_4c12_3422,
    0x3fee_bfda_d536_2a27, 0x3fee_ab07_dd48_5429, 0x3fee_a09e_667f_3bcd,
    0x3fee_a114_73eb_0187, 0x3fee_ace5_422a_a0db, 0x3fee_c491_82a3_f090,
    0x3fee_e89f_995a_d3ad, 0x3fef_199b_dd85_529c, 0x3fef_5818_dcfb_a487,
    0x3fef_a4af_a2a4_90da,
  ]

  /// 2^(f/16).
  static let exp2: [Double] = [
    1, 0x1.62e42fec3ad0fp-5, 0x1.ebfbdff4e063fp-11,
    0x1.c6b3f6f977eadp-17, 0x1.3b2ccd02a862bp-23,
  ]

  /// Segments of Φ⁻¹ per unit of s.
  static let quantileScale = 2.5625
  /// Coefficient k of segment j of Φ⁻¹(u)/(u − ½) at [k][j].
  static let quantile: [[Double]] = [
    [
      0x1.5a21e24e6df8ep+1, 0x1.9c8d98dd795aep+1, 0x1.f3b6006b4bd88p+1,
      0x1.2e0431107c0fep+2, 0x1.67b064ccd3561p+2, 0x1.a3f33cf7e6a1fp+2,
      0x1.e104282fa34a0p+2, 0x1.0f1319a3327c2p+3, 0x1.2d91c9a3f8d7bp+3,
      0x1.4bf9e7f2add45p+3, 0x1.6a4ca9cb57077p+3, 0x1.888c2844f7691p+3,
      0x1.a6ba7347458acp+3, 0x1.c4d968b8f6e5dp+3, 0x1.e2eaafdffdfcbp+3,
      0x1.0077de374b41cp+4,
    ],
    [
      0x1.be22ec0bf3c5fp-2, 0x1.3450997a9d24ap-1, 0x1.82824c437768ap-1,
      0x1.bbbe0e2993d83p-1, 0x1.daf9f223e85f8p-1, 0x1.e6db218296c2ep-1,
      0x1.e94c57aca2f40p-1, 0x1.e8985da868cebp-1, 0x1.e73638669ded1p-1,
      0x1.e5d1b06237228p-1, 0x1.e48c4d6274254p-1, 0x1.e36908934a82ep-1,
      0x1.e26552b2a08fdp-1, 0x1.e17dc3480bd3cp-1, 0x1.e0aeff5c408b6p-1,
      0x1.dff5f45624433p-1,
    ],
    [
      0x1.50f2834a527edp-4, 0x1.50d511dc97e4cp-4, 0x1.16863d13cce1cp-4,
      0x1.5f80813fd9dbdp-5, 0x1.3d34523f25bfbp-6, 0x1.6d8ef30171e37p-8,
      0x1.a9500eae8ccc7p-13, -0x1.3e4e8c71bd9bcp-10, -0x1.6e6acb5cf32f6p-10,
      -0x1.567ea185fe4f6p-10, -0x1.3413371909591p-10, -0x1.12f0b212093f9p-10,
      -0x1.ea1e67443abcfp-11, -0x1.b53f2f9e3f0c5p-11, -0x1.86d723c0cd627p-11,
      -0x1.5e3da2b3eaebdp-11,
    ],
    [
      0x1.cec3545110589p-10, -0x1.2105ec2ab3418p-9, -0x1.d176e2d5c7cadp-8,
      -0x1.21881ec4d943bp-7, -0x1.a1b77bd48f06dp-8, -0x1.81bbbc4379f8dp-9,
      -0x1.df8872425b8c6p-11, -0x1.743b37db2b00ap-13, 0x1.1f103a5d32eddp-17,
      0x1.5f738ecbe5ba4p-15, 0x1.6f354852d49a6p-15, 0x1.511aa8655ed86p-15,
      0x1.2c2bc3b90a4a3p-15, 0x1.08363edf3609ep-15, 0x1.cec7dc64dabf7p-16,
      0x1.949bcc31630e4p-16,
    ],
    [
      -0x1.534c58596712bp-11, -0x1.4ac9304743364p-10, -0x1.026a5460eb748p-10,
      0x1.642917454e876p-13, 0x1.d518bc309adffp-11, 0x1.7810ab657b37dp-11,
      0x1.47e3d949e7e8bp-12, 0x1.7a2980915c05ep-14, 0x1.37586cfca0929p-16,
      0x1.3b6068a8d3dc6p-19, -0x1.39f2dab341275p-21, -0x1.1e6583056f6e9p-20,
      -0x1.283c15f610b08p-20, -0x1.14932276aa1cdp-20, -0x1.efbf2319a86eep-21,
      -0x1.b32d31b206d95p-21,
    ],
    [
      -0x1.3fc8cd83050e3p-13, -0x1.f8f41318fdc4bp-15, 0x1.6d0ffa716535bp-13,
      0x1.e8da0799e2ceep-13, 0x1.57501341270f7p-15, -0x1.5a3d7f2250aefp-14,
      -0x1.151f6e9999778p-14, -0x1.ace272fec62c8p-16, -0x1.b468f2b09e816p-18,
      -0x1.4fcd33bee0577p-20, -0x1.c52a1678d8becp-23, -0x1.075fb4142d765p-25,
      0x1.0bdd8b3ef47a9p-27, 0x1.4ca8971665feep-26, 0x1.83691761afa03p-26,
      0x1.7d7ace0cb396cp-26,
    ],
    [
      0x1.6217c2adf6349p-23, 0x1.0ba352ec5d6f5p-15, 0x1.1e68d7e354d07p-15,
      -0x1.27adb8f8522b3p-16, -0x1.19f68cddf21e4p-15, -0x1.9d607d375cac8p-18,
      0x1.e70adf6989f36p-18, 0x1.534f79321ffc0p-18, 0x1.c2cc08256ad0ep-20,
      0x1.8eb688b7e6dbap-22, 0x1.17ded6c1070e2p-24, 0x1.a0945b8d1fff9p-27,
      0x1.bfb1e91d04dcap-29, 0x1.1bf1b067616ffp-30, 0x1.63715bb28de35p-33,
      -0x1.ddbf6ed113724p-33,
    ],
    [
      0x1.cf0c3c4718c5ap-19, 0x1.1fcde17c42b9cp-18, -0x1.3e0c61ad4988fp-18,
      -0x1.da0ca7c6ce406p-18, 0x1.496dc431ace4bp-19, 0x1.eb306d917fc46p-19,
      0x1.7a3067e8a6959p-22, -0x1.41bbedf9ffc62p-21, -0x1.5798967d7f6c0p-22,
      -0x1.782fbbe52abbap-24, -0x1.1a4832a08134ep-26, -0x1.674b9d203445ep-29,
      -0x1.2523067d5028dp-31, -0x1.94c541272a7c0p-33, -0x1.601b5f25b5e6ep-34,
      -0x1.283350cdfa8d8p-35,
    ],
  ]
}
