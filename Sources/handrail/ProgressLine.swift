import Rendering
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// One line on standard error that tells a person what takes so long; nothing where nobody watches.
final class ProgressLine: Sendable {
  private let isShown = Console.reportsToTerminal
  private let shownAt = Mutex(0)
  private let isOnScreen = Mutex(false)
  /// Milliseconds between two lines, so that fast work does not flicker.
  private static let pause = 100

  /// Replaces the line.
  func show(_ text: String) {
    guard isShown else { return }
    let now = Self.milliseconds()
    let isDue = shownAt.withLock { last in
      guard now - last >= Self.pause else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    isOnScreen.withLock { $0 = true }
    Console.report("\r\u{1B}[K\(text.prefix(Console.style(forErrors: true).width - 1))")
  }

  /// Takes the line away.
  func clear() {
    if isOnScreen.withLock({ $0 }) { Console.report("\r\u{1B}[K") }
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}
