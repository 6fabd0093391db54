#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Whole lines of an input, with room behind them that may be read.
package final class LineChunk: @unchecked Sendable {
  /// The number of its first line, counted from 1.
  package fileprivate(set) var firstLine = 1
  /// How many lines end in it.
  package fileprivate(set) var lineCount = 0
  /// Where in the input it begins, and where it ends.
  package fileprivate(set) var range: Range<Int> = 0..<0
  /// Lines that were too long to keep, by number.
  package fileprivate(set) var tooLong: [Int] = []
  fileprivate var memory: UnsafeMutableRawBufferPointer
  fileprivate var count = 0
  fileprivate let usualSize: Int

  /// - Parameter size: how many bytes it takes at a time; more only for a line that is longer.
  package init(size: Int) {
    memory = .allocate(byteCount: size + LineInput.padding, alignment: 64)
    usualSize = size
  }

  deinit { memory.deallocate() }

  /// Calls `body` with each line, without its end, and its number. Behind each, ``LineInput/padding`` bytes may be read.
  package func forEachLine(_ body: (_ line: UnsafeRawBufferPointer, _ number: Int) -> Void) {
    var at = 0
    var number = firstLine
    var skipped = tooLong[...]
    while at < count {
      while skipped.first == number {
        skipped.removeFirst()
        number += 1
      }
      let start = memory.baseAddress! + at
      let found = memchr(start, 10, count - at)
      let length = found.map { start.distance(to: $0) } ?? count - at
      at += length + 1
      var text = UnsafeRawBufferPointer(start: start, count: length)
      if text.last == 13 { text = UnsafeRawBufferPointer(rebasing: text.dropLast()) }
      body(text, number)
      number += 1
    }
  }

  fileprivate func grow(to size: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size + LineInput.padding, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }
}

/// Reads an input in pieces that end with a line, however long the input is.
package final class LineInput {
  package static let padding = 128
  /// A longer line is no intake, and is passed over.
  package static let longestLine = 16 * 1024 * 1024

  private let descriptor: Int32
  /// How long the input is, if that can be known.
  package let size: Int?
  private var rest: [UInt8] = []
  private var offset = 0
  private var line = 1
  private var isAtEnd = false
  private var isSkipping = false

  /// What keeps an input from being read.
  package struct Problem: Error {
    package let reason: String
  }

  /// - Parameter path: a file, or `-` for standard input.
  package init(_ path: String) throws(Problem) {
    descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem(reason: String(cString: strerror(errno))) }
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Problem(reason: "Is a directory")
    }
    size = isFile ? Int(status.st_size) : nil
  }

  deinit { if descriptor > 2 { close(descriptor) } }

  /// Passes over what was read before.
  package func skip(to offset: Int, line: Int) throws(Problem) {
    var left = offset - self.offset
    self.line = line
    self.offset = offset
    if lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) {
      rest = []
      return
    }
    let known = min(left, rest.count)
    rest.removeFirst(known)
    left -= known
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while left > 0 {
      let count = try read(into: &buffer, atMost: min(left, buffer.count))
      guard count > 0 else { throw Problem(reason: "the input is shorter than it was") }
      left -= count
    }
  }

  /// The first line, for a header, without its end; `nil` if there is none.
  package func firstLine() throws(Problem) -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: 10) {
        var first = Array(rest[..<end])
        rest.removeFirst(end + 1)
        offset += end + 1
        line += 1
        if first.last == 13 { first.removeLast() }
        return first
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = try read(into: &buffer, atMost: buffer.count)
      guard count > 0, rest.count < Self.longestLine else {
        isAtEnd = true
        let first = rest
        offset += rest.count
        rest = []
        return first.isEmpty ? nil : first
      }
      rest += buffer[..<count]
    }
  }

  /// Fills a chunk with the next lines; `false` at the end of the input.
  package func fill(_ chunk: LineChunk) throws(Problem) -> Bool {
    chunk.count = 0
    chunk.tooLong = []
    chunk.firstLine = line
    chunk.lineCount = 0
    let start = offset
    if chunk.memory.count < rest.count + chunk.usualSize + Self.padding { chunk.grow(to: rest.count + chunk.usualSize) }
    append(rest[...], to: chunk)
    rest = []
    while true {
      try readMore(chunk)
      if isSkipping { dropLongLine(chunk) }
      if isAtEnd {
        if chunk.count == 0, chunk.tooLong.isEmpty { return false }
        return finish(chunk, from: start, end: chunk.count)
      }
      if let end = endOfLastLine(chunk) { return finish(chunk, from: start, end: end) }
      if chunk.count > Self.longestLine {
        offset += chunk.count
        chunk.count = 0
        isSkipping = true
      } else {
        chunk.grow(to: (chunk.memory.count - Self.padding) * 2)
      }
    }
  }

  /// Reads until the chunk is full or the input ends.
  private func readMore(_ chunk: LineChunk) throws(Problem) {
    let room = chunk.memory.count - Self.padding
    while chunk.count < room, !isAtEnd {
      let count = Glibc.read(descriptor, chunk.memory.baseAddress! + chunk.count, room - chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw Problem(reason: String(cString: strerror(errno)))
      }
      if count == 0 { isAtEnd = true }
      chunk.count += count
    }
  }

  private func endOfLastLine(_ chunk: LineChunk) -> Int? {
    var end = chunk.count
    while end > 0, chunk.memory[end - 1] != 10 { end -= 1 }
    return end == 0 ? nil : end
  }

  /// The rest of a line that is too long is passed over up to its end.
  private func dropLongLine(_ chunk: LineChunk) {
    let base = chunk.memory.baseAddress!
    guard let end = memchr(base, 10, chunk.count).map({ base.distance(to: $0) + 1 }) ?? (isAtEnd ? chunk.count : nil)
    else {
      offset += chunk.count
      chunk.count = 0
      return
    }
    chunk.tooLong.append(line + chunk.lineCount)
    offset += end
    memmove(base, base + end, chunk.count - end)
    chunk.count -= end
    isSkipping = false
  }

  private func finish(_ chunk: LineChunk, from start: Int, end: Int) -> Bool {
    let base = chunk.memory.baseAddress!
    rest = Array(UnsafeRawBufferPointer(rebasing: chunk.memory[end..<chunk.count]))
    chunk.count = end
    var lines = 0
    var at = 0
    while at < end {
      let found = memchr(base + at, 10, end - at)
      at = found.map { base.distance(to: $0) + 1 } ?? end
      lines += 1
    }
    chunk.lineCount = lines + chunk.tooLong.count
    offset += end
    line += chunk.lineCount
    chunk.range = start..<offset
    return true
  }

  private func append(_ bytes: ArraySlice<UInt8>, to chunk: LineChunk) {
    bytes.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      (chunk.memory.baseAddress! + chunk.count).copyMemory(from: base, byteCount: source.count)
    }
    chunk.count += bytes.count
  }

  private func read(into buffer: inout [UInt8], atMost count: Int) throws(Problem) -> Int {
    while true {
      let found = Glibc.read(descriptor, &buffer, count)
      if found >= 0 { return found }
      if errno != EINTR { throw Problem(reason: String(cString: strerror(errno))) }
    }
  }
}
