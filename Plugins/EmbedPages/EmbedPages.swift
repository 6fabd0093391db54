import Foundation
import PackagePlugin

/// Puts the pages of the diagnostics into the program, so that one file is all that has to be installed.
///
/// The pages in `Documentation.docc/Diagnostics` are the only source. Before a build a shell writes them as Swift text into
/// the build folder, whenever one of them has changed.
@main
struct EmbedPages: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Sources/handrail/Documentation.docc/Diagnostics")
    let pages = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPages.swift")
    return [
      .buildCommand(
        displayName: "Embedding the pages of the diagnostics",
        executable: URL(filePath: "/bin/sh"),
        arguments: ["-ec", Self.script, "sh", output.path] + pages.map(\.path),
        inputFiles: pages,
        outputFiles: [output])
    ]
  }

  /// Writes one raw text for each page. A page cannot hold what ends such a text.
  private static let script = ####"""
    output=$1; shift
    {
      printf 'enum EmbeddedPages {\n  /// The text of each page, by the id of its finding.\n'
      printf '  static let all: [String: String] = [\n'
      for page; do
        if grep -q '"""##' "$page"; then echo "$page: holds \"\"\"##" >&2; exit 1; fi
        printf '"%s": ##"""\n' "$(basename "$page" .md)"
        cat "$page"
        printf '\n"""##,\n'
      done
      printf '  ]\n}\n'
    } > "$output"
    """####
}
