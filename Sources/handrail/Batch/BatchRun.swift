import IntakeReading
import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Plans all lines of an input, with all cores, in the order of the input.
struct BatchRun {
  let lines: LineRun<BatchWorker>
  let inputPath: String
  let files: BatchFiles
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
    let progress = LineProgress(isShown: showsProgress, size: lines.input.size, firstLine: point.line)
    try lines.run { worker in
      try files.append(plans: worker.output.bytes, bad: worker.bad.bytes)
      point.plannedCount += worker.plannedCount
      point.badCount += worker.badCount
      point.offset = worker.chunk.range.upperBound
      point.line = worker.chunk.firstLine + worker.chunk.lineCount
      wasStopped = StopSignals.wasTold()
      if wasStopped || clock.now - noted > Self.interval {
        noted = clock.now
        try note(&point)
        progress.show(line: point.line, offset: point.offset, bad: point.badCount)
      }
      return !wasStopped
    }
    progress.clear()
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
