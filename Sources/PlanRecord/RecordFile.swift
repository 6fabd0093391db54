#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Reads and writes the file of a record. Whatever happens in between, the file holds the old record or the new one, whole;
/// nobody but its owner can read it.
public enum RecordFile {
  public enum Problem: Error, Equatable {
    /// The system's own words: no such file, no space left.
    case cannotRead(String)
    case cannotWrite(String)
    case tooLarge
    /// It is no record, or not one that this version of Handrail reads.
    case notARecord
    case alreadyThere
    /// Somebody else has written the record since it was read.
    case changedMeanwhile
  }

  /// A record with many versions stays far below this.
  static let mostBytes = 64 << 20

  /// Reads a record.
  ///
  /// - Returns: also what is wrong with it. A record with flaws can be looked at, but must not be relied on.
  public static func read(_ path: String) throws(Problem) -> (record: AssessmentRecord, flaws: [RecordFlaw]) {
    let bytes = try bytes(of: path)
    guard let record = try? RecordText.decode(AssessmentRecord.self, from: bytes), !record.versions.isEmpty,
      record.form == AssessmentRecord.form
    else { throw .notARecord }
    var flaws = record.flaws()
    // Keys that the record does not have would be passed over, and so be outside of every seal.
    if flaws.isEmpty, (try? RecordText.file(record)) != bytes { flaws = [.notAsWritten] }
    return (record, flaws)
  }

  /// Writes a record where there is none.
  public static func create(_ record: AssessmentRecord, at path: String) throws(Problem) {
    try write(record, to: path) { () throws(Problem) in
      guard access(path, F_OK) != 0 else { throw .alreadyThere }
    }
  }

  /// Writes a record in the place of the one it was made from.
  ///
  /// - Parameter old: the record as it was read; if the file holds another by now, nothing is written.
  public static func replace(
    _ old: AssessmentRecord, with record: AssessmentRecord, at path: String
  ) throws(Problem) {
    try write(record, to: path) { () throws(Problem) in
      guard try read(path).record == old else { throw .changedMeanwhile }
    }
  }

  /// Into a file beside it, to the disk, and then into its place; the folder is locked meanwhile.
  private static func write(
    _ record: AssessmentRecord, to path: String, _ isAllowed: () throws(Problem) -> Void
  ) throws(Problem) {
    guard let bytes = try? RecordText.file(record) else { throw .cannotWrite("it cannot be written as JSON") }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw .cannotWrite(reason()) }
    defer { close(directory) }
    while flock(directory, LOCK_EX) != 0 { guard errno == EINTR else { throw .cannotWrite(reason()) } }
    try isAllowed()
    // What a killed writer may have left behind is of no use.
    let part = ".\(name).part"
    unlinkat(directory, part, 0)
    let descriptor = openat(directory, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .cannotWrite(reason()) }
    guard write(bytes, to: descriptor), fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else {
      let why = reason()
      close(descriptor)
      unlinkat(directory, part, 0)
      throw .cannotWrite(why)
    }
    close(descriptor)
    guard renameat(directory, part, directory, name) == 0 else {
      let why = reason()
      unlinkat(directory, part, 0)
      throw .cannotWrite(why)
    }
    guard fsync(directory) == 0 else { throw .cannotWrite(reason()) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func bytes(of path: String) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(reason()) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .cannotRead(reason()) }
      bytes.append(contentsOf: buffer[0..<count])
      guard bytes.count <= mostBytes else { throw .tooLarge }
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
