import Dispatch
import IntakeReading
import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Plans all lines of an input, with all cores, in the order of the input.
struct BatchRun {
  let input: LineInput
  let inputPath: String
  let files: BatchFiles
  let workers: [BatchWorker]
  let showsProgress: Bool

  /// How a run ended.
  struct Result {
    var point: BatchPoint
    var wasStopped: Bool
  }

  /// How often progress is shown and the point noted from which a batch can go on.
  private static let interval = Duration.milliseconds(500)

  func run() throws -> Result {
    StopSignals.hold()
    var point = files.point
    let clock = ContinuousClock()
    var noted = clock.now
    var wasStopped = false
    let start = clock.now
    let firstLine = point.line
    while true {
      var filled = 0
      while filled < workers.count, try input.fill(workers[filled].chunk) { filled += 1 }
      guard filled > 0 else { break }
      let workers = workers
      DispatchQueue.concurrentPerform(iterations: filled) { workers[$0].run() }
      for worker in workers[..<filled] {
        try files.append(plans: worker.output.bytes, bad: worker.bad.bytes)
        point.plannedCount += worker.plannedCount
        point.badCount += worker.badCount
        point.offset = worker.chunk.range.upperBound
        point.line = worker.chunk.firstLine + worker.chunk.lineCount
      }
      let isTold = StopSignals.wasTold()
      if isTold || clock.now - noted > Self.interval {
        noted = clock.now
        try note(&point)
        if showsProgress { report(point, seconds: (clock.now - start) / .seconds(1), from: firstLine) }
      }
      if isTold {
        wasStopped = true
        break
      }
    }
    if showsProgress { Console.report("\r\u{1B}[K") }
    if wasStopped {
      try note(&point)
    } else {
      try files.finish()
    }
    return Result(point: point, wasStopped: wasStopped)
  }

  private func note(_ point: inout BatchPoint) throws {
    point.fingerprint = inputPath == "-" ? 0 : BatchFiles.fingerprint(of: inputPath, before: point.offset)
    try files.note(point)
  }

  private func report(_ point: BatchPoint, seconds: Double, from firstLine: Int) {
    var text = "\r\u{1B}[K\(point.line - 1) lines"
    if let size = input.size, size > 0 { text += ", \(Int(Double(point.offset) * 100 / Double(size)))%" }
    if seconds > 0 { text += ", \(Int(Double(point.line - firstLine) / seconds)) a second" }
    if point.badCount > 0 { text += ", \(point.badCount) bad" }
    Console.report(text)
  }
}

/// The signals that ask a batch to stop: they wait until it can be stopped safely.
private enum StopSignals {
  private static func set() -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    return set
  }

  /// Threads that begin afterwards hold them, too.
  static func hold() {
    var set = set()
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  static func wasTold() -> Bool {
    var set = set()
    var none = timespec()
    return sigtimedwait(&set, nil, &none) > 0
  }
}
