/// A place in a file: line and column, both counted from 1. Columns count Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A piece of a file, from `start` up to but not including `end`.
public struct SourceRange: Hashable, Sendable {
  /// The name of the file, as in ``SourceFile/name``.
  public let file: String
  public let start: SourcePosition
  public let end: SourcePosition

  public init(file: String, start: SourcePosition, end: SourcePosition) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// The whole file, named by its first place: for what is wrong with a file as such.
  public static func start(of file: String) -> SourceRange {
    let first = SourcePosition(line: 1, column: 1)
    return SourceRange(file: file, start: first, end: first)
  }
}

extension SourceRange: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
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
