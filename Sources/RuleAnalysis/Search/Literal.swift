/// A variable of a ``Search``, or its opposite.
struct Literal: BitwiseCopyable, Hashable {
  let code: Int32

  @inline(__always)
  init(code: Int32) { self.code = code }

  @inline(__always)
  init(_ variable: Int32, isPositive: Bool = true) { code = variable << 1 | (isPositive ? 0 : 1) }

  @inline(__always)
  var variable: Int32 { code >> 1 }
  @inline(__always)
  var isPositive: Bool { code & 1 == 0 }

  @inline(__always)
  static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}
