#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What keeps the files of a batch from being written.
struct BatchProblem: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }

  /// With the system's reason.
  init(_ what: String, _ path: String) {
    message = "\(what) `\(path)`: \(String(cString: strerror(errno)))"
  }
}

/// How far a batch has come: enough to go on with it.
struct BatchPoint: Equatable {
  /// What must be the same when the batch goes on: the digest of the rulebook, the columns and the form. Empty until it is
  /// noted, since many a batch is done before anything is.
  var setting = ""
  /// Where in the input the next line begins.
  var offset = 0
  /// The number of the next line.
  var line = 1
  /// A hash of the input's last bytes before that place; 0 for a stream.
  var fingerprint: UInt64 = 0
  var outputSize = 0
  var badSize = 0
  var plannedCount = 0
  var badCount = 0

  var text: String {
    """
    handrail batch 1
    \(setting)
    \(offset) \(line) \(fingerprint) \(outputSize) \(badSize) \(plannedCount) \(badCount)

    """
  }

  init() {}

  init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0] == "handrail batch 1" else { return nil }
    let numbers = lines[2].split(separator: " ").compactMap { UInt64($0) }
    guard numbers.count == 7, numbers.allSatisfy({ $0 <= UInt64(Int.max) || $0 == numbers[2] }) else { return nil }
    setting = String(lines[1])
    (offset, line, fingerprint) = (Int(numbers[0]), Int(numbers[1]), numbers[2])
    (outputSize, badSize) = (Int(numbers[3]), Int(numbers[4]))
    (plannedCount, badCount) = (Int(numbers[5]), Int(numbers[6]))
  }
}

/// A file that only its owner can read, and that grows.
final class PrivateFile {
  let path: String
  private let descriptor: Int32
  private(set) var size: Int
  /// How much of it the system was asked to write to the disk.
  private var sentSize: Int
  /// So much at a time is written to the disk beside the work, so that nobody waits for all of it at the end.
  private static let sending = 8 * 1024 * 1024

  /// - Parameter keeping: how many of its first bytes are kept; 0 begins anew.
  init(_ path: String, keeping size: Int) throws {
    self.path = path
    self.size = size
    sentSize = size
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw BatchProblem("cannot write", path) }
    guard fchmod(descriptor, 0o600) == 0 else { throw BatchProblem("cannot keep others from reading", path) }
    guard lseek(descriptor, 0, SEEK_END) >= off_t(size) else {
      throw BatchProblem("`\(path)` is shorter than it was when the batch was stopped; begin anew without --resume")
    }
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, 0, SEEK_END) == off_t(size) else {
      throw BatchProblem("cannot write", path)
    }
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, path)
    size += bytes.count
    guard size - sentSize >= Self.sending else { return }
    // Linux begins to write what is said to be needed no more. Whether it could, says `sync`.
    _ = posix_fadvise(descriptor, off_t(sentSize), off_t(size - sentSize), POSIX_FADV_DONTNEED)
    sentSize = size
  }

  func sync() throws {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw BatchProblem("cannot write", path) }
  }
}

/// Writing to what the system has opened.
enum Descriptor {
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ name: String) throws {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw BatchProblem("cannot write", name) }
      written += count
    }
  }
}

/// Where a batch writes: the plans, what is wrong with lines, and how far it has come.
///
/// Plans go to a file beside the one that was asked for, which takes its name only when the last line is written. So the
/// output is whole or not there, whenever the process is killed.
final class BatchFiles {
  private let path: String?
  private let badPath: String
  private var plans: PrivateFile?
  private var bad: PrivateFile?
  /// How far the batch has come when it goes on.
  private(set) var point: BatchPoint
  private let setting: () -> String
  /// Whether it goes on where another one was stopped.
  let goesOn: Bool

  private static func part(_ path: String) -> String { path + ".part" }
  private static func record(_ path: String) -> String { path + ".resume" }

  /// Where bad lines are listed.
  var listOfBadLines: String { badPath }

  /// - Parameters:
  ///   - path: the output; `nil` for standard output.
  ///   - setting: works out what must be the same when the batch goes on.
  ///   - badPath: the list of bad lines; if `nil`, a name is made from the output's.
  ///   - resumes: whether to go on; a batch that was stopped before it recorded how far it came begins anew.
  init(_ path: String?, badPath: String?, setting: @escaping () -> String, resumes: Bool) throws {
    self.path = path
    self.badPath = badPath ?? path.map { "\($0).bad.jsonl" } ?? "handrail-batch.bad.jsonl"
    self.setting = setting
    point = BatchPoint()
    let recorded = resumes ? try path.flatMap { try Self.read(Self.record($0)) } : nil
    goesOn = recorded != nil
    guard let path else { return }
    if let recorded {
      guard let old = BatchPoint(recorded) else {
        throw BatchProblem("`\(Self.record(path))` does not say how far the batch came; begin anew without --resume")
      }
      guard old.setting == setting() else {
        throw BatchProblem(
          "the rulebook, the input's form or the columns are not what they were when the batch of `\(path)` was stopped; use the same ones, or begin anew without --resume"
        )
      }
      point = old
    }
    plans = try PrivateFile(Self.part(path), keeping: point.outputSize)
    if point.badSize > 0 { bad = try PrivateFile(self.badPath, keeping: point.badSize) }
    // A list of an earlier batch says nothing about this one.
    if !goesOn { unlink(self.badPath) }
  }

  /// Writes plans, and what is wrong with other lines.
  func append(plans: UnsafeRawBufferPointer, bad: UnsafeRawBufferPointer) throws {
    if let file = self.plans {
      try file.append(plans)
    } else {
      try Descriptor.write(plans, to: 1, "standard output")
    }
    guard !bad.isEmpty else { return }
    if self.bad == nil {
      self.bad = try PrivateFile(badPath, keeping: 0)
    }
    try self.bad?.append(bad)
  }

  /// Notes how far the batch has come, so that it can go on from here.
  func note(_ point: BatchPoint) throws {
    guard let path else { return }
    var point = point
    if point.setting.isEmpty { point.setting = self.point.setting.isEmpty ? setting() : self.point.setting }
    point.outputSize = plans?.size ?? 0
    point.badSize = bad?.size ?? 0
    let new = Self.record(path) + ".new"
    let file = try PrivateFile(new, keeping: 0)
    var text = point.text
    try text.withUTF8 { try file.append(UnsafeRawBufferPointer($0)) }
    guard rename(new, Self.record(path)) == 0 else { throw BatchProblem("cannot write", Self.record(path)) }
    self.point = point
  }

  /// Gives the output its name.
  func finish() throws {
    guard let path else { return }
    try plans?.sync()
    guard rename(Self.part(path), path) == 0 else { throw BatchProblem("cannot write", path) }
    unlink(Self.record(path))
  }

  private static func read(_ path: String) throws -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw BatchProblem("cannot read", path)
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// A hash of the last bytes of a file before a place (FNV-1a, Fowler and others); 0 for what is no file.
  static func fingerprint(of path: String, before offset: Int) -> UInt64 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    let start = max(0, offset - 4096)
    var buffer = [UInt8](repeating: 0, count: offset - start)
    guard pread(descriptor, &buffer, buffer.count, off_t(start)) == buffer.count else { return 0 }
    return buffer.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
