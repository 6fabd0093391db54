/// Many short texts in one piece of memory, to be copied whenever they are needed.
final class Fragments: @unchecked Sendable {
  /// Bytes behind the texts that may be read.
  static let padding = 16
  let base: UnsafeRawPointer

  /// The texts before they are all there.
  struct Builder {
    fileprivate var all: [UInt8] = []

    mutating func add(_ text: String) -> Fragment {
      let start = all.count
      all += text.utf8
      return Fragment(start: Int32(start), count: Int32(all.count - start))
    }
  }

  init(_ builder: Builder) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: builder.all.count + Self.padding, alignment: 16)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.copyBytes(from: builder.all)
    base = UnsafeRawPointer(memory.baseAddress!)
  }

  deinit { base.deallocate() }
}

/// Where one of many texts stands.
struct Fragment: Sendable {
  var start: Int32
  var count: Int32

  /// Without what separates it from the one before.
  var withoutSeparator: Fragment { Fragment(start: start + 1, count: count - 1) }
}
