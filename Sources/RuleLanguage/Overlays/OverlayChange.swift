public import RuleEngine
import SourceText

/// One thing that an overlay changed in a rulebook, for those who read it.
public struct OverlayChange: Sendable, Equatable {
  /// A key of an element with what it said and says, as YAML on one line.
  public struct Key: Sendable, Equatable {
    public var name: String
    /// `nil` if the element had no such key.
    public var before: String?
    public var after: String
  }

  public enum Kind: Sendable, Equatable {
    case replaced([Key])
    case disabled
    case added
  }

  public var overlay: String
  /// Its section and name: `rules.keep-the-day-job`.
  public var element: String
  public var kind: Kind
  /// Why; an addition gives its own reasons.
  public var reason: LocalizedText?
}

extension OverlayChange {
  /// The keys of an element that a replacement changes.
  static func keys(_ new: [YAMLEntry], of own: [YAMLEntry]) -> [Key] {
    new.map { entry in
      Key(
        name: entry.key.value, before: own.first { $0.key.value == entry.key.value }?.value.oneLine,
        after: entry.value.oneLine)
    }.sorted { $0.name < $1.name }
  }
}

extension YAMLNode {
  /// The node as it could be written on one line.
  fileprivate var oneLine: String {
    switch content {
    case .broken: ""
    case .scalar(let scalar): scalar.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    case .list(let items): "[\(items.map(\.oneLine).joined(separator: ", "))]"
    case .map(let entries):
      "{\(entries.map { "\($0.key.value): \($0.value.oneLine)" }.joined(separator: ", "))}"
    }
  }
}
