import Foundation

/// Runs the real program, as a person would.
public struct HandrailProcess: Sendable {
  public var output: String
  public var errors: String
  public var exitCode: Int32

  /// The program that was built together with the tests, or the one that `HANDRAIL` names: one built for release does in
  /// seconds what takes minutes without optimization.
  public static let path: String = {
    if let named = ProcessInfo.processInfo.environment["HANDRAIL"] { return URL(filePath: named).path }
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    return bundle.appending(path: "handrail").path
  }()

  /// - Parameters:
  ///   - folder: where it runs; the repository if nothing is said.
  ///   - input: what stands on its standard input.
  ///   - executable: another program, run in the same way.
  public static func run(
    _ arguments: [String], in folder: String = Corpus.repository, input: String? = nil,
    environment: [String: String] = [:], executable: String = path
  ) throws -> HandrailProcess {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    let output = try temporaryFile()
    let errors = try temporaryFile()
    process.standardOutput = output.handle
    process.standardError = errors.handle
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try process.run()
      pipe.fileHandleForWriting.write(Data(input.utf8))
      try pipe.fileHandleForWriting.close()
    } else {
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }
    process.waitUntilExit()
    defer {
      try? FileManager.default.removeItem(atPath: output.path)
      try? FileManager.default.removeItem(atPath: errors.path)
    }
    return HandrailProcess(
      output: String(decoding: try Data(contentsOf: URL(filePath: output.path)), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: URL(filePath: errors.path)), as: UTF8.self),
      exitCode: process.terminationStatus)
  }

  /// Files instead of pipes, which fill up.
  private static func temporaryFile() throws -> (path: String, handle: FileHandle) {
    let path = FileManager.default.temporaryDirectory.appending(path: "handrail-\(UUID().uuidString)").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return (path, try FileHandle(forWritingTo: URL(filePath: path)))
  }
}

/// A folder that is gone when the body ends.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: "handrail-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}
