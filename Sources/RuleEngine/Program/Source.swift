/// Where a rule comes from.
public struct Source: Sendable, Codable, Equatable {
  /// What kind of authority a source has, the strongest first. Shown as the strength of a reason.
  public enum Kind: String, Sendable, Codable, CaseIterable, Comparable {
    case law
    case licence
    case guideline
    case study
    case policy
    case judgment

    public static func < (left: Self, right: Self) -> Bool {
      let order = allCases
      return order.firstIndex(of: left)! < order.firstIndex(of: right)!
    }
  }

  public var id: String
  public var title: String
  public var publisher: String?
  public var year: Int?
  /// The page, section or address where it is said.
  public var place: String?
  public var kind: Kind
  /// Whether somebody has read the words of the source itself.
  public var isConfirmed: Bool

  public init(
    id: String, title: String, publisher: String?, year: Int?, place: String?, kind: Kind, isConfirmed: Bool
  ) {
    self.id = id
    self.title = title
    self.publisher = publisher
    self.year = year
    self.place = place
    self.kind = kind
    self.isConfirmed = isConfirmed
  }
}

/// A named constant whose value changed at known dates.
public struct Parameter: Sendable, Codable, Equatable {
  public struct DatedValue: Sendable, Codable, Equatable {
    /// The number of the first day on which the value holds.
    public var from: Int
    public var value: Number

    public init(from: Int, value: Number) {
      self.from = from
      self.value = value
    }
  }

  public var name: String
  public var label: LocalizedText?
  /// ``Domain/numbers(_:)`` or ``Domain/dates(_:)``: what its values are.
  public var domain: Domain
  /// By date, the earliest first.
  public var values: [DatedValue]
  public var sources: [Int]

  public init(name: String, label: LocalizedText?, domain: Domain, values: [DatedValue], sources: [Int]) {
    self.name = name
    self.label = label
    self.domain = domain
    self.values = values
    self.sources = sources
  }

  /// The value in force on a day; `nil` before the first.
  public func value(on day: Int) -> Number? {
    values.last { $0.from <= day }?.value
  }
}
