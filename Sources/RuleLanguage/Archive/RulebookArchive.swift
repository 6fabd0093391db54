import FoundationEssentials
public import RuleEngine
import SourceText

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Rulebooks kept for replaying old plans: one folder for each, named by the digest, with the program whose SHA-256 that
/// digest is, and the files it was read from, for people.
public struct RulebookArchive: Sendable {
  private let folder: String

  public enum Problem: Error, Equatable {
    case cannotWrite(String)
    /// The archive has no rulebook of this digest.
    case notThere
    /// The archived program is not what its digest says.
    case changed
    /// It is unchanged, but was written by another version of Handrail, which this one cannot read.
    case unreadable
  }

  public init(_ folder: String) {
    self.folder = folder
  }

  /// Stores a rulebook. One that is there already is left as it is.
  ///
  /// - Returns: the folder it stands in.
  @discardableResult
  public func store(_ rulebook: Rulebook, _ program: Program) throws(Problem) -> String {
    let place = "\(folder)/\(program.digest)"
    guard access("\(place)/program.json", F_OK) != 0 else { return place }
    try make(folder)
    try make(place)
    try make("\(place)/files")
    for (number, name) in rulebook.files.keys.sorted().enumerated() {
      let flat = name.split(separator: "/").filter { $0 != "." && $0 != ".." }.suffix(3).joined(separator: "_")
      let text = rulebook.files[name]?.lines.joined(separator: "\n") ?? ""
      try write(Array((text + "\n").utf8), to: "\(place)/files/\(number + 1)-\(flat)")
    }
    // The program comes last: where it stands, the rest stands, too.
    try write(ProgramDigest.canonical(program), to: "\(place)/program.json")
    return place
  }

  /// The program of that digest, once its bytes are found to have it.
  public func program(_ digest: String) throws(Problem) -> Program {
    guard digest.utf8.count == 64, digest.allSatisfy(\.isHexDigit) else { throw .notThere }
    guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(digest)/program.json")) else { throw .notThere }
    guard ProgramDigest.digest(of: Array(data)) == digest else { throw .changed }
    guard var program = try? JSONDecoder().decode(Program.self, from: data) else { throw .unreadable }
    program.digest = digest
    return program
  }

  private func make(_ path: String) throws(Problem) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .cannotWrite(String(cString: strerror(errno))) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .cannotWrite(path)
    }
  }
}

extension Program {
  /// The same with its digest, which takes a good part of the time of reading and checking it.
  package func withDigest() -> Program {
    var program = self
    program.digest = ProgramDigest.digest(of: ProgramDigest.canonical(self))
    return program
  }
}
