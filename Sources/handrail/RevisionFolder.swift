import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A folder as it stands in a revision of git, in a temporary place for as long as this lives.
final class RevisionFolder {
  let path: String
  private let temporary: String

  /// - Parameter rules: the folder in the repository, from where the command runs.
  init(_ revision: String, _ rules: String) throws {
    temporary = FileManager.default.temporaryDirectory.appending(path: "handrail-\(UUID().uuidString)").path
    path = "\(temporary)/\(rules)"
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    let archive = "\(temporary)/.archive.tar"
    guard !revision.hasPrefix("-"), !rules.hasPrefix("/"), !rules.split(separator: "/").contains(".."),
      Self.run(["git", "archive", "--format=tar", "--output=\(archive)", revision, "--", rules]),
      Self.run(["tar", "-xf", archive, "-C", temporary])
    else {
      remove()
      Console.report(
        "`\(revision)` is no file or folder here, and no revision of git that holds `\(rules)`. A revision is looked for in the "
          + "repository of this folder; `--rules <folder>` says where its rulebook is.\n")
      throw ExitStatus.rulebookErrors.error
    }
  }

  deinit { remove() }

  private func remove() { try? FileManager.default.removeItem(atPath: temporary) }

  /// Whether a program ends well.
  private static func run(_ words: [String]) -> Bool {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    // What git says of a name it does not know would only stand beside what is said here.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var process = pid_t()
    guard posix_spawnp(&process, words[0], &actions, nil, &arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return false } }
    return status == 0
  }
}
