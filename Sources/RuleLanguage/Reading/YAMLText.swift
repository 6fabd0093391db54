import SourceText

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What libyaml is given to read: a whole file, or a stretch of one.
struct YAMLText {
  /// The file, for the comments that libyaml drops.
  let lines: SourceFile
  let bytes: [UInt8]
  /// The line of the file in which the bytes begin.
  let firstLine: Int
  /// Whether the sign of a comment stands anywhere.
  let holdsComments: Bool

  init(_ file: SourceFile) {
    self.init(Array(file.text.utf8), of: file, firstLine: 1)
  }

  init(_ bytes: [UInt8], of file: SourceFile, firstLine: Int) {
    self.bytes = bytes
    self.firstLine = firstLine
    lines = file
    holdsComments = bytes.withUnsafeBytes { bytes in
      bytes.baseAddress.map { memchr($0, Int32(UInt8(ascii: "#")), bytes.count) != nil } ?? false
    }
  }

  /// Whether the sign of a comment stands in a line of the file.
  func mayHoldComment(line number: Int) -> Bool {
    guard let line = lines.bytes(ofLine: number) else { return false }
    let bytes = lines.text.utf8.span
    for place in line where bytes[place] == UInt8(ascii: "#") { return true }
    return false
  }
}
