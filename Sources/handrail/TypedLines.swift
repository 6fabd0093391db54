#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Lines from standard input, and the signals that arrive meanwhile.
///
/// The terminal stays in its own line mode: it echoes, deletes and ends lines itself. So there is nothing to restore, however
/// the program ends.
struct TypedLines {
  enum Event: Equatable {
    case line(String)
    /// Nothing more will come.
    case end
    /// The window has another size, or the program runs again after it was stopped.
    case redraw
    /// Somebody wants the program to end: the number of the signal.
    case stop(Int32)
  }

  private var bytes: [UInt8] = []
  private var hasEnded = false
  private let isTerminal = isatty(0) == 1
  private let signals: Int32

  /// Starts to watch for signals; once in a program.
  init() {
    var ends: [Int32] = [-1, -1]
    // Without a pipe the signals do what they do by default, and lose nothing either.
    guard pipe(&ends) == 0 else {
      signals = -1
      return
    }
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    signals = ends[0]
    signalPipe = ends[1]
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] + (isTerminal ? [SIGWINCH, SIGCONT] : []) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = Glibc.write(signalPipe, &byte, 1)
        errno = saved
      }
      sigaction(number, &action, nil)
    }
  }

  /// Waits for the next thing to happen.
  mutating func next() -> Event {
    while true {
      if let line = takeLine() { return .line(line) }
      guard !hasEnded else { return .end }
      var waiting = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&waiting, 2, -1) < 0 {
        if errno == EINTR { continue }
        return .end
      }
      if waiting[1].revents != 0 {
        var number: UInt8 = 0
        guard Glibc.read(signals, &number, 1) == 1 else { continue }
        guard [SIGWINCH, SIGCONT].contains(Int32(number)) else { return .stop(Int32(number)) }
        // What was typed without Enter would still count after the screen is drawn anew, but could not be seen.
        tcflush(0, TCIFLUSH)
        return .redraw
      }
      fill()
    }
  }

  /// What was read behind the last line: something without an end of line, which counts in a file and not on a terminal.
  private mutating func takeLine() -> String? {
    if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: bytes[..<end], as: UTF8.self)
      bytes.removeSubrange(...end)
      return line
    }
    guard hasEnded, !isTerminal, !bytes.isEmpty else { return nil }
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func fill() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(0, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    if count > 0 { bytes.append(contentsOf: buffer[..<count]) } else { hasEnded = true }
    // Without an end of line in sight, it is no answer: what is left is enough to say so.
    if bytes.count > Self.mostBytes, !bytes.contains(UInt8(ascii: "\n")) {
      bytes.removeLast(bytes.count - Self.mostBytes)
    }
  }

  private static let mostBytes = 65_536
}

/// Where the handler of signals writes, since it can do nothing else safely.
nonisolated(unsafe) private var signalPipe: Int32 = -1
