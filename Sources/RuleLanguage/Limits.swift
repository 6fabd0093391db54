/// What input may be at the most. Each limit has a test and stands in `Limits.md`.
package enum Limits {
  /// Bytes in a file.
  package static let fileSize = 16 * 1024 * 1024
  /// Files in a rulebook folder.
  package static let fileCount = 10_000
  /// Maps and lists inside each other.
  package static let nesting = 64
  /// Derived facts, decisions and rules that follow from each other one after the other.
  package static let chain = 100
  /// Unicode scalars in one text.
  package static let textLength = 100_000
  /// Syntax errors mended and passed over in one file, before reading gives up on it.
  package static let syntaxErrors = 50
  /// Questions in a pre-screen.
  package static let screen = 8
  /// Findings kept for one run; the rest are counted.
  package static let findings = 1000
}
