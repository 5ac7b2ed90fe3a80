// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels

extension BlockWorkspace {
  /// 512 standard normals of a draw column.
  func drawNormals(_ address: DrawAddress, into y: ColumnPointer) {
    if drawByDesign(address, into: y) {
      kernels.pointee.normal_quantile(y, y)
    } else {
      kernels.pointee.normals(seed(of: address), address.stream, block, y)
    }
  }

  /// 512 uniforms of a draw column.
  func drawUniforms(_ address: DrawAddress, into y: ColumnPointer) {
    if !drawByDesign(address, into: y) {
      kernels.pointee.uniforms(seed(of: address), address.stream, block, y)
    }
    recorder?(address.key, y)
  }

  /// Values of a fresh draw through a transform.
  func draw(_ address: DrawAddress, _ transform: ScoreTransform, into y: ColumnPointer) {
    drawNormals(address, into: y)
    apply(transform, to: y)
    recorder?(address.key, y)
  }

  /// Turns a column of normal scores into values, in place.
  func apply(_ transform: ScoreTransform, to y: ColumnPointer) {
    switch transform {
    case .affine(let location, let scale):
      if location != 0 || scale != 1 { kernels.pointee.affine(scale, y, location, y) }
    case .exponential(let location, let scale):
      kernels.pointee.affine(scale, y, location, y)
      kernels.pointee.exp2(y, y)
    case .table(let table):
      kernels.pointee.cubic_table(table.coefficients, table.pieces, table.pieceCount, y, y)
    case .steps(let steps):
      kernels.pointee.step_table(steps.thresholds, steps.values, steps.stepCount, y, y)
    case .modulated(let standard, let location, let scale, let isLogarithmic):
      apply(standard, to: y)
      multiply(y, by: scale)
      add(location, to: y)
      if isLogarithmic {
        kernels.pointee.affine(ScoreTransform.log2e, y, 0, y)
        kernels.pointee.exp2(y, y)
      }
    }
  }

  /// √share·common + √(1 − share)·y, in place.
  func correlate(_ y: ColumnPointer, with common: CommonScore) {
    if case .constant(let weight) = common.commonWeight,
      case .constant(let ownWeight) = common.ownWeight
    {
      kernels.pointee.scaled_sum(ownWeight, y, weight, shared[common.factor], y)
      return
    }
    multiply(y, by: common.ownWeight)
    kernels.pointee.fill(1, scratch2)
    multiply(scratch2, by: common.commonWeight)
    kernels.pointee.multiply_add(scratch2, shared[common.factor], y, y)
  }

  /// y = y·value, in place.
  func multiply(_ y: ColumnPointer, by value: SharedValue) {
    switch value {
    case .constant(let number):
      if number != 1 { kernels.pointee.affine(number, y, 0, y) }
    case .column(let index):
      kernels.pointee.multiply(y, shared[index], y)
    }
  }

  /// y = value.
  func fill(_ y: ColumnPointer, with value: SharedValue) {
    switch value {
    case .constant(let number): kernels.pointee.fill(number, y)
    case .column(let index): kernels.pointee.affine(1, shared[index], 0, y)
    }
  }

  private func add(_ value: SharedValue, to y: ColumnPointer) {
    switch value {
    case .constant(let number):
      if number != 0 { kernels.pointee.affine(1, y, number, y) }
    case .column(let index):
      kernels.pointee.add(y, shared[index], y)
    }
  }

  /// Fills `y` with a plan-level number, or tells that it is the same on all paths.
  ///
  /// `spare` holds each further factor while it is drawn.
  func evaluate(
    _ quantity: CompiledQuantity, into y: ColumnPointer, spare: ColumnPointer
  ) -> ColumnValue {
    guard !quantity.isConstant else { return .constant(quantity.constant) }
    for (place, factor) in quantity.factors.enumerated() {
      switch (factor, place) {
      case (.shared(let column), 0):
        kernels.pointee.affine(1, shared[column], 0, y)
      case (.shared(let column), _):
        kernels.pointee.multiply(y, shared[column], y)
      case (.drawn(let address, let transform), 0):
        draw(address, transform, into: y)
      case (.drawn(let address, let transform), _):
        draw(address, transform, into: spare)
        kernels.pointee.multiply(y, spare, y)
      }
    }
    if quantity.constant != 1 { kernels.pointee.affine(quantity.constant, y, 0, y) }
    return .column(UnsafePointer(y))
  }

  /// Fills `y` with a plan-level number on every path.
  func fill(_ y: ColumnPointer, with quantity: CompiledQuantity, spare: ColumnPointer) {
    if case .constant(let number) = evaluate(quantity, into: y, spare: spare) {
      kernels.pointee.fill(number, y)
    }
  }
}
