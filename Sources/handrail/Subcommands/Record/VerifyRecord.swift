import ArgumentParser
import PlanRecord
import Rendering

/// Looks for signs that a record was tampered with.
struct VerifyRecord: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Look for signs that a record was changed by hand.",
    discussion: """
      Every version is sealed with a SHA-256 over its content and the seal before it. A change without a new seal shows. \
      Somebody who knows the form can seal a change anew, or cut off the last versions: that shows only against a seal noted \
      elsewhere, as on signed paper (--seal). Ends with 0 if nothing was found, and with 9 otherwise.
      """)

  @OptionGroup var record: RecordArgument

  @Option(help: "A seal noted elsewhere, or at least its first 12 digits.")
  var seal: String?

  func run() throws {
    let (loaded, found) = try record.read()
    let flaws = found + loaded.flaws(noted: seal).filter { !found.contains($0) }
    guard flaws.isEmpty else {
      Console.print(RecordText.flaws(flaws))
      throw ExitStatus.recordErrors.error
    }
    let count = loaded.versions.count
    Console.print("\(count) version\(count == 1 ? "" : "s"), as sealed. Last seal \(loaded.current.seal)\n")
    if seal == nil {
      Console.print("Compare it with the seal on the signed paper, or give that with --seal.\n")
    }
  }
}
