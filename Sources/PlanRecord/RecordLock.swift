#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Says that somebody works on a record for a while, such as in an interview, so that nobody else begins to.
///
/// The system lets go of it when the program ends, however it ends. It is held on a file beside the record, `.name.lock`,
/// since the record itself is exchanged at every change. Commands that write once do not need it: what they do shows in
/// ``RecordFile/Problem/changedMeanwhile``.
public final class RecordLock {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock; `nil` if somebody else has it.
  public init?(_ record: String) throws(RecordFile.Problem) {
    let slash = record.lastIndex(of: "/").map { record.index(after: $0) } ?? record.startIndex
    path = "\(record[..<slash]).\(record[slash...]).lock"
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw .cannotWrite(String(cString: strerror(errno))) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        return nil
      }
      // Whoever had it before may have removed the file between the two calls; then this one is nobody's.
      var held = stat()
      var there = stat()
      if fstat(file, &held) == 0, stat(path, &there) == 0, held.st_ino == there.st_ino, held.st_dev == there.st_dev {
        descriptor = file
        return
      }
      close(file)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
