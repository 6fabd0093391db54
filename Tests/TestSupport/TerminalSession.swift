import Foundation
import Glibc

/// A command on a real pseudo-terminal, driven key by key. tmux holds the terminal and interprets what is written to it, so
/// that a screen is what a person sees.
public struct TerminalSession: Sendable {
  private let socket: String

  /// Starts a command.
  ///
  /// - Parameter command: for the shell; its exit code stands in the last line of the screen when it has ended.
  public init(
    _ command: String, columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws {
    socket = FileManager.default.temporaryDirectory.appending(path: "tmux-\(UUID().uuidString.prefix(8))").path
    let settings = environment.sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    // The shell stays, so that what was written last can still be read, and passes over the keys that end a command.
    let script = "trap : INT QUIT; \(settings) \(command); printf 'ended with %s' $?; exec sleep 1000"
    try tmux([
      "-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), "sh", "-c", script,
    ])
  }

  /// Types text and presses Enter.
  public func enter(_ text: String) throws {
    if !text.isEmpty { try tmux(["send-keys", "-l", "--", text]) }
    try press("Enter")
  }

  /// Presses a key by tmux's name for it: `C-c`, `BSpace`, `Up`.
  public func press(_ key: String) throws { try tmux(["send-keys", key]) }

  public func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", String(columns), "-y", String(rows)])
  }

  /// The lines of the screen, without blanks behind them.
  public func screen() throws -> String {
    try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
      .joined(separator: "\n")
  }

  /// Waits until the screen is as wanted and stands still.
  ///
  /// - Returns: the screen, also if it did not come to that in time.
  @discardableResult
  public func wait(seconds: Double = 60, until isSo: (String) -> Bool) throws -> String {
    let end = Date().addingTimeInterval(seconds)
    var last = ""
    repeat {
      usleep(40_000)
      let now = try screen()
      if now == last, isSo(now) { return now }
      last = now
    } while Date() < end
    return last
  }

  /// The process that the shell runs, to send it a signal.
  public func child() throws -> Int32? {
    let shell = try tmux(["display-message", "-p", "#{pane_pid}"]).filter(\.isNumber)
    let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return children.split(separator: " ").first.flatMap { Int32($0) }
  }

  /// Closes the terminal, as when a window is closed.
  public func close() { _ = try? tmux(["kill-server"]) }

  /// By `posix_spawn`, since Foundation's `Process` waits for the server, too, that the first call leaves behind.
  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let path = "\(socket).out"
    defer { unlink(path) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Threads of the tests block signals, and a server that inherits that could not be ended.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = (["tmux", "-u", "-S", socket] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, "/usr/bin/tmux", &actions, &attributes, words + [nil], environ)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EIO) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}
