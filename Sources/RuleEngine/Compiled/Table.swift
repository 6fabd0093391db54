/// A fixed number of plain values in memory of its own: the one place where the compiled program touches memory by hand.
///
/// An `Array` counts references and checks for unique ownership at each write, which costs more than the work itself when a
/// plan takes less than a microsecond. What is given up in return is stated here once: the owner must call ``free()`` and
/// must not use the table afterwards, and an index must lie within `count`, which debug builds (and so all tests) check.
struct Table<Element: BitwiseCopyable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(1, count))
    for (index, element) in elements.enumerated() { (base + index).initialize(to: element) }
  }

  init(repeating element: Element, count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: element, count: count)
  }

  @inline(__always)
  subscript(_ index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  subscript(_ index: Int32) -> Element {
    get { self[Int(index)] }
    nonmutating set { self[Int(index)] = newValue }
  }

  /// Takes over the first elements of another table, as many as that has.
  @inline(__always)
  func copy(from other: Table<Element>) {
    assert(other.count <= count)
    base.update(from: other.base, count: other.count)
  }

  /// Sets neighbouring elements, of which there is mostly one: a loop over so few costs more than what it does.
  @inline(__always)
  func fill(_ start: Int32, count: Int32, with element: Element) {
    if count == 1 {
      self[start] = element
    } else {
      for index in start..<(start &+ count) { self[index] = element }
    }
  }

  func fill(with element: Element) {
    base.update(repeating: element, count: count)
  }

  func free() {
    base.deallocate()
  }
}

/// One plain value in memory of its own, so that what holds it need not change with it.
///
/// A function that changes a ``PlanMachine`` and calls one that does not makes the compiler copy it, all kilobyte of it.
struct Kept<Element: BitwiseCopyable> {
  private let table: Table<Element>

  init(_ element: Element) { table = Table(repeating: element, count: 1) }

  @inline(__always)
  var value: Element {
    get { table[0] }
    nonmutating set { table[0] = newValue }
  }

  func free() { table.free() }
}

/// Neighbouring places in a table.
struct Span32: BitwiseCopyable {
  var start: Int32
  var end: Int32

  static let none = Span32(start: 0, end: 0)

  var isEmpty: Bool { start == end }
  var count: Int { Int(end - start) }
  /// The places, one by one.
  @inline(__always)
  var indices: Range<Int> { Range(uncheckedBounds: (Int(start), Int(end))) }
}
