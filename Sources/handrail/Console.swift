import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Standard output and standard error.
enum Console {
  static func print(_ text: String) { write(text, to: 1) }
  static func report(_ text: String) { write(text, to: 2) }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Colour only on a terminal, and never where `NO_COLOR` is set (no-color.org).
  static func style(forErrors: Bool = false) -> TextStyle {
    let descriptor: Int32 = forErrors ? 2 : 1
    let isTerminal = isatty(descriptor) == 1
    let forbids = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    return TextStyle(width: width(descriptor, isTerminal), hasColour: isTerminal && !forbids && !isDumb)
  }

  /// Whether the terminal understands nothing but text.
  static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? true }

  /// Rows of the terminal.
  static var height: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
  }

  /// Whether a person reads what is reported, and not a file.
  static var reportsToTerminal: Bool { isatty(2) == 1 }

  private static func width(_ descriptor: Int32, _ isTerminal: Bool) -> Int {
    guard isTerminal else { return 80 }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(100, Int(size.ws_col))
  }
}
