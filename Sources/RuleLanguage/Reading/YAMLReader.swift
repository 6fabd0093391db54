package import SourceText

/// Turns YAML text into ``YAMLNode``s with full ranges, through libyaml's events.
///
/// What YAML offers beyond scalars, maps and lists is refused, each with the trap it would open. A syntax error does not end
/// reading: the broken value is replaced by a mark, and the rest of the file is read again, until nothing is broken.
package struct YAMLReader {
  /// - Parameter shortestStretch: how many bytes are worth a thread of their own.
  /// - Returns: the root, `nil` for a file that holds nothing or is beyond repair; and everything found wrong.
  package static func read(
    _ file: SourceFile, shortestStretch: Int = 64 * 1024
  ) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
    if let root = YAMLStretches.read(file, shortest: shortestStretch) { return (root, []) }
    var repair = SyntaxRepair(file)
    var text = YAMLText(file)
    while true {
      var pass = YAMLPass(file: file, text: text)
      do {
        let root = try pass.document()
        return (root, repair.diagnostics + pass.diagnostics)
      } catch let stop as ReadingStop {
        switch stop {
        case .syntax(let error):
          if !repair.mend(error) { return (nil, repair.diagnostics) }
          text = YAMLText(repair.mended)
        case .fatal(let diagnostic):
          return (nil, repair.diagnostics + [diagnostic])
        }
      } catch {
        return (nil, repair.diagnostics)
      }
    }
  }
}
