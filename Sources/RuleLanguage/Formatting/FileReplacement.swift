#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Puts a new text in the place of a file, at once: who reads the file sees the old one or the new one, whatever happens.
public enum FileReplacement {
  /// - Returns: why it could not be written; `nil` if it was. The file then is as it was.
  public static func write(_ text: String, to path: String) -> String? {
    // Behind a link stands the file itself; the link stays.
    guard let resolved = realpath(path, nil) else { return String(cString: strerror(errno)) }
    defer { free(resolved) }
    let target = String(cString: resolved)
    var status = stat()
    guard stat(target, &status) == 0 else { return String(cString: strerror(errno)) }
    // A file that may not be written is not replaced behind its back.
    guard access(target, W_OK) == 0 else { return String(cString: strerror(errno)) }
    var name = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    let failure = write(Array(text.utf8), descriptor, mode: status.st_mode)
    close(descriptor)
    if let failure {
      unlink(name)
      return failure
    }
    guard rename(name, target) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(name)
      return reason
    }
    return nil
  }

  private static func write(_ bytes: [UInt8], _ descriptor: Int32, mode: mode_t) -> String? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        return String(cString: strerror(errno))
      }
      rest = rest.dropFirst(count)
    }
    guard fchmod(descriptor, mode & 0o7777) == 0, fsync(descriptor) == 0 else {
      return String(cString: strerror(errno))
    }
    return nil
  }
}
