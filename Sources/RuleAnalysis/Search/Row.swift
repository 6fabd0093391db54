/// A growing row of plain values in memory of its own.
///
/// The search reads and writes such rows some hundred million times a second; an `Array` counts references and checks for
/// unique ownership at each write. What is given up in return: the owner must call ``free()`` and not use the row afterwards,
/// and an index must lie within `count`, which debug builds (and so all tests) check.
struct Row<Element: BitwiseCopyable> {
  private var base: UnsafeMutablePointer<Element>
  private(set) var count: Int
  private var capacity: Int

  init() {
    (count, capacity) = (0, 4)
    base = .allocate(capacity: capacity)
  }

  init(repeating element: Element, count: Int) {
    self.count = count
    capacity = max(1, count)
    base = .allocate(capacity: capacity)
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

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count += 1
  }

  /// Keeps the first so many.
  @inline(__always)
  mutating func shorten(to count: Int) {
    assert(count >= 0 && count <= self.count)
    self.count = count
  }

  @inline(__always)
  mutating func removeLast() -> Element {
    assert(count > 0)
    count -= 1
    return base[count]
  }

  func free() {
    base.deallocate()
  }

  @inline(never)
  private mutating func grow() {
    let more = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    more.update(from: base, count: count)
    base.deallocate()
    base = more
    capacity *= 2
  }
}

extension Row {
  /// Appends to a row of this row of rows.
  @inline(__always)
  func append<Part>(_ element: Part, to index: Int32) where Element == Row<Part> {
    var row = self[index]
    row.append(element)
    self[index] = row
  }

  /// Empties the rows of this row of rows.
  func emptyAll<Part>() where Element == Row<Part> {
    for index in 0..<count {
      var row = self[index]
      row.shorten(to: 0)
      self[index] = row
    }
  }
}
