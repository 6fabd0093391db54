/// A place in a file: line and column, both counted from 1. Columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  // A rulebook has a million places, and no file a billion lines.
  private let shortLine: Int32
  private let shortColumn: Int32

  public var line: Int { Int(shortLine) }
  public var column: Int { Int(shortColumn) }

  public init(line: Int, column: Int) {
    shortLine = Int32(clamping: line)
    shortColumn = Int32(clamping: column)
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.shortLine, left.shortColumn) < (right.shortLine, right.shortColumn)
  }
}

/// A piece of a file, from `start` up to but not including `end`.
public struct SourceRange: Hashable, Sendable {
  private let name: FileName
  public let start: SourcePosition
  public let end: SourcePosition

  /// The name of the file, as in ``SourceFile/name``.
  public var file: String { name.text }

  public init(file: String, start: SourcePosition, end: SourcePosition) {
    self.init(FileName(file), start, end)
  }

  private init(_ name: FileName, _ start: SourcePosition, _ end: SourcePosition) {
    self.name = name
    self.start = start
    self.end = max(start, end)
  }

  /// The whole file, named by its first place: for what is wrong with a file as such.
  public static func start(of file: String) -> SourceRange {
    let first = SourcePosition(line: 1, column: 1)
    return SourceRange(file: file, start: first, end: first)
  }

  /// Another piece of the same file.
  package func moved(from start: SourcePosition, to end: SourcePosition) -> SourceRange {
    SourceRange(name, start, end)
  }

  /// Whether both lie in the same file.
  package func isInFile(of other: SourceRange) -> Bool { name == other.name }
}

extension SourceRange: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    if left.name != right.name { return left.file < right.file }
    return (left.start, left.end) < (right.start, right.end)
  }
}

/// A value together with the place where it was written.
public struct Spanned<Value> {
  public var value: Value
  public var range: SourceRange

  public init(_ value: Value, _ range: SourceRange) {
    self.value = value
    self.range = range
  }

  public func map<Other>(_ transform: (Value) -> Other) -> Spanned<Other> {
    Spanned<Other>(transform(value), range)
  }
}

extension Spanned: Sendable where Value: Sendable {}
extension Spanned: Equatable where Value: Equatable {}
extension Spanned: Hashable where Value: Hashable {}
