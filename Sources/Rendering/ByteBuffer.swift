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

  /// Copies sixteen bytes at a time, of which the last may be more than the text has.
  @inline(__always)
  mutating func append(_ fragment: Fragment, of fragments: Fragments) {
    let length = Int(fragment.count)
    reserve(length + Fragments.padding)
    let from = fragments.base + Int(fragment.start)
    let to = memory.baseAddress! + count
    var at = 0
    repeat {
      to.storeBytes(
        of: from.loadUnaligned(fromByteOffset: at, as: SIMD2<UInt64>.self), toByteOffset: at, as: SIMD2<UInt64>.self)
      at += Fragments.padding
    } while at < length
    count += length
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

  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count + more > memory.count { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(memory.count * 2, count + more), alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }
}
