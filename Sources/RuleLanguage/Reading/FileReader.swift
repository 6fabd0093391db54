#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif
package import SourceText

/// Reads bytes from files, within the limits.
package enum FileReader {
  /// The text of a file, or what is wrong with it.
  ///
  /// - Parameter name: how findings call the file.
  package static func text(
    path: String, name: String, isPersonal: Bool = false
  ) -> (file: SourceFile?, diagnostics: [Diagnostic]) {
    let (bytes, problems) = bytes(path: path, name: name)
    guard let bytes else { return (nil, problems) }
    return decode(bytes, name: name, isPersonal: isPersonal)
  }

  /// The bytes of a file, `-` for standard input. Of a stream no more is read than a file may be large.
  package static func bytes(path: String, name: String) -> (bytes: [UInt8]?, diagnostics: [Diagnostic]) {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return (nil, [.cannotRead(name, reason: String(cString: strerror(errno)))])
    }
    defer { if path != "-" { close(descriptor) } }
    let step = 65_536
    var room = step
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      // A file is read at once, and one byte tells that it ends there.
      room = min(Int(status.st_size), Limits.fileSize) + 1
    }
    var bytes = [UInt8](repeating: 0, count: room)
    var length = 0
    while true {
      if length == bytes.count { bytes += repeatElement(0, count: step) }
      let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + length, $0.count - length) }
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        return (nil, [.cannotRead(name, reason: String(cString: strerror(errno)))])
      }
      length += count
      guard length <= Limits.fileSize else { return (nil, [.fileTooLarge(name)]) }
    }
    bytes.removeLast(bytes.count - length)
    return (bytes, [])
  }

  /// Checks that bytes are UTF-8 text of the kind that can be shown line by line.
  package static func decode(
    _ bytes: [UInt8], name: String, isPersonal: Bool
  ) -> (file: SourceFile?, diagnostics: [Diagnostic]) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return (nil, [.utf16(name)])
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return (nil, [.notUTF8(name, at: firstInvalid(bytes))])
    }
    let file = SourceFile(name: name, text: text, isPersonal: isPersonal)
    return (file, mayHoldInvisible(bytes) ? invisible(in: text, name: name) : [])
  }

  /// Whether there may be a character that does not show. Asked of bytes, which tells most files apart at once: all others
  /// are written with one of these.
  private static func mayHoldInvisible(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        if index + 8 <= bytes.count, EightBytes(bytes, from: index).arePlain {
          index += 8
          continue
        }
        switch bytes[index] {
        case 0x00..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F, 0xC2, 0xE2, 0xEF: return true
        default: index += 1
        }
      }
      return false
    }
  }

  private static func invisible(in text: String, name: String) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
      // Made only where something is wrong: a file has a million places.
      var range: SourceRange {
        let position = SourcePosition(line: line, column: column)
        return SourceRange(file: name, start: position, end: SourcePosition(line: line, column: column + 1))
      }
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20..<0x7F: break
      case 0x85, 0x2028, 0x2029: diagnostics.append(.lineSeparator(scalar, at: range))
      case 0..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: diagnostics.append(.controlCharacter(scalar, at: range))
      default: break
      }
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      if diagnostics.count >= 20 { break }
    }
    return diagnostics
  }

  /// The first place where the bytes stop being UTF-8.
  private static func firstInvalid(_ bytes: ArraySlice<UInt8>) -> SourcePosition {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var line = 1
    var column = 1
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return SourcePosition(line: line, column: column)
  }
}
