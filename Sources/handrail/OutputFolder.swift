import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A folder into which a command writes files.
struct OutputFolder {
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// Writes a file, and the folders above it. What cannot be written ends the command with its reason.
  func write(_ text: String, to name: String) throws {
    let whole = "\(path)/\(name)"
    var folder = whole.hasPrefix("/") ? "" : "."
    for part in whole.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o777) != 0, errno != EEXIST { throw failed(folder) }
    }
    let descriptor = open(whole, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failed(whole) }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failed(whole) }
      bytes = bytes.dropFirst(count)
    }
  }

  private func failed(_ name: String) -> any Error {
    Console.report("Cannot write \(name): \(String(cString: strerror(errno))).\n")
    return ExitStatus.recordErrors.error
  }
}
