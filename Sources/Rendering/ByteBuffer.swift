/// Bytes that are written one after the other, in memory that is kept.
package struct ByteBuffer: ~Copyable, @unchecked Sendable {
  private var memory: UnsafeMutableRawBufferPointer
  package private(set) var count = 0

  package init(capacity: Int = 65_536) {
    memory = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { memory.deallocate() }

  package mutating func removeAll() { count = 0 }

  /// What was written so far.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  @inline(__always)
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    reserve(bytes.count)
    (memory.baseAddress! + count).copyMemory(from: base, byteCount: bytes.count)
    count += bytes.count
  }

  @inline(__always)
  package mutating func append(_ byte: UInt8) {
    reserve(1)
    memory[count] = byte
    count += 1
  }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  package mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// A whole number in digits.
  package mutating func append(number: Int) {
    guard number >= 10 || number < 0 else { return append(UInt8(ascii: "0") + UInt8(number)) }
    append(String(number))
  }

  private mutating func reserve(_ more: Int) {
    guard count + more > memory.count else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(memory.count * 2, count + more), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }
}

/// Many short texts in one piece of memory, each found by its place.
final class Fragments: @unchecked Sendable {
  private var all: [UInt8] = []
  private var ends: [Int] = [0]
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)

  deinit { memory.deallocate() }

  func add(_ text: String) -> Int {
    all += Array(text.utf8)
    ends.append(all.count)
    return ends.count - 2
  }

  /// To be called when all are added.
  func finish() {
    memory.deallocate()
    memory = .allocate(byteCount: all.count, alignment: 16)
    memory.copyBytes(from: all)
  }

  @inline(__always)
  subscript(_ place: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[ends[place]..<ends[place + 1]])
  }
}
