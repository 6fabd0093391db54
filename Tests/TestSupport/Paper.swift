import Foundation

/// HTML as a printer gets it: a PDF by Chromium, read by poppler.
public struct Paper: Sendable {
  public struct Missing: Error, CustomStringConvertible {
    public var description: String
  }

  private let pdf: String

  /// Prints a page.
  ///
  /// - Parameter folder: where the PDF goes.
  public init(_ html: String, in folder: String) throws {
    let page = "\(folder)/page.html"
    pdf = "\(folder)/page.pdf"
    try html.write(toFile: page, atomically: true, encoding: .utf8)
    _ = try Self.run(
      "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer",
        "--user-data-dir=\(folder)/browser", "--print-to-pdf=\(pdf)", "file://\(page)",
      ])
    guard FileManager.default.fileExists(atPath: pdf) else { throw Missing(description: "chromium printed nothing") }
  }

  /// What a page becomes in a browser, with its scripts run, as HTML.
  public static func shown(_ html: String, in folder: String) throws -> String {
    let page = "\(folder)/shown.html"
    try html.write(toFile: page, atomically: true, encoding: .utf8)
    return try run(
      "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(folder)/browser",
        "--dump-dom", "file://\(page)",
      ])
  }

  public func pages() throws -> Int {
    let info = try Self.run("pdfinfo", [pdf])
    return info.firstMatch(of: /Pages:\s+(\d+)/).flatMap { Int($0.output.1) } ?? 0
  }

  /// The words on a page, counted from 1.
  public func text(ofPage page: Int) throws -> String {
    try Self.run("pdftotext", ["-f", "\(page)", "-l", "\(page)", "-layout", pdf, "-"])
  }

  /// A picture of a page, as PNG.
  public func picture(ofPage page: Int, resolution: Int = 60) throws -> [UInt8] {
    _ = try Self.run(
      "pdftoppm", ["-f", "\(page)", "-l", "\(page)", "-singlefile", "-r", "\(resolution)", "-png", pdf, "\(pdf)"])
    return [UInt8](try Data(contentsOf: URL(filePath: "\(pdf).png")))
  }

  private static func run(_ tool: String, _ arguments: [String]) throws -> String {
    let path = "/usr/bin/\(tool)"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Missing(description: "\(tool) is not installed; apt-get install chromium poppler-utils, or run .ci/run")
    }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
