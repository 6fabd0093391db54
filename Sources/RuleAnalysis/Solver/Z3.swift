import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The solver as a process that reads SMT-LIB and answers, over one pipe each way.
final class Z3 {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []
  private var pending = ""
  /// Everything that was asked, to be saved.
  private(set) var transcript = ""
  let keepsTranscript: Bool
  /// Held while descriptors are open that a new process must not get.
  private static let starting = Mutex(())

  /// Starts `z3`, which must be on the search path.
  init(named program: String = "z3", keepsTranscript: Bool = false) throws(SolverFailure) {
    self.keepsTranscript = keepsTranscript
    // A solver that dies must be an error here, and not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    var toSolver: [Int32] = [0, 0]
    var fromSolver: [Int32] = [0, 0]
    // The solver gets copies of its two ends, and nothing else; nor does one that another thread starts meanwhile.
    let areOpen = Self.starting.withLock { _ in
      guard pipe(&toSolver) == 0, pipe(&fromSolver) == 0 else { return false }
      for descriptor in toSolver + fromSolver { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
      return true
    }
    guard areOpen else { throw .broke("no pipe could be opened") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, toSolver[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromSolver[1], 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup("-in"), nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let result = Self.starting.withLock { _ in posix_spawnp(&process, program, &actions, nil, &arguments, environ) }
    posix_spawn_file_actions_destroy(&actions)
    close(toSolver[0])
    close(fromSolver[1])
    guard result == 0 else {
      close(toSolver[1])
      close(fromSolver[0])
      throw .notFound(program)
    }
    self.process = process
    input = toSolver[1]
    output = fromSolver[0]
  }

  deinit {
    close(input)
    close(output)
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// Notes commands, each with the end of its line; they are sent with the next question.
  func tell(_ commands: String) {
    pending += commands
  }

  /// Sends what is noted and a question, and waits for one answer: a word, or what stands in a pair of brackets.
  ///
  /// - Parameter written: what is saved in its place, for other solvers.
  func ask(_ question: String, written: String? = nil) throws(SolverFailure) -> String {
    if keepsTranscript { transcript += pending + (written ?? question) + "\n" }
    var bytes = Array((pending + question + "\n").utf8)[...]
    pending = ""
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .broke("the solver ended") }
      bytes = bytes.dropFirst(count)
    }
    let answer = try read()
    guard !answer.hasPrefix("(error") else { throw .broke(answer) }
    return answer
  }

  private func read() throws(SolverFailure) -> String {
    var depth = 0
    var isQuoted = false
    var isText = false
    var position = 0
    var hasBegun = false
    while true {
      while position < buffer.count {
        let byte = buffer[position]
        position += 1
        if !hasBegun {
          if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") { continue }
          hasBegun = true
        }
        switch byte {
        case UInt8(ascii: "|") where !isText: isQuoted.toggle()
        case UInt8(ascii: "\"") where !isQuoted: isText.toggle()
        case UInt8(ascii: "(") where !isQuoted && !isText: depth += 1
        case UInt8(ascii: ")") where !isQuoted && !isText: depth -= 1
        default: break
        }
        let ends = depth == 0 && !isQuoted && !isText && (byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\n"))
        if ends {
          let answer = String(decoding: buffer[..<position], as: UTF8.self)
          buffer.removeFirst(position)
          return answer.trimmed
        }
      }
      try fill()
    }
  }

  private func fill() throws(SolverFailure) {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = chunk.withUnsafeMutableBytes { Glibc.read(output, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw .broke("the solver ended") }
    buffer += chunk[..<count]
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
