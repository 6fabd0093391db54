/// The smallest changes to facts marked `changeable` that settle another value of a decision, all other answers as they are
/// (section 5). Nobody can be advised to change their age.
///
/// Nothing smaller than a way leads where it leads, and no way of its size is left out, unless ``limit`` says so.
public struct WhatWouldChange: Sendable, Equatable, Codable {
  /// One answer that would be another.
  public struct Change: Sendable, Equatable, Codable {
    public var fact: String
    public var label: String
    /// What it is, in words.
    public var from: String
    /// What it would have to be, in words: `Evenings or Nights`, `at least 60 minutes`.
    public var to: String
  }

  /// Where a way leads: one decision, option or item that would come out otherwise.
  public struct Result: Sendable, Equatable, Codable {
    /// The name of the decision, with the phase if it has one; of an item, its own name.
    public var decision: String
    public var label: String
    /// Of a set or a menu: which member or item.
    public var option: String?
    /// What it would be, in words.
    public var value: String
    /// What it is.
    public var instead: String
  }

  /// Changes that are made together, and what follows.
  public struct Way: Sendable, Equatable, Codable {
    public var changes: [Change]
    public var results: [Result]
  }

  /// Why the search ended before everything was tried.
  public struct Limit: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
      /// More answers at once were not changed.
      case changes
      /// No more plans were tried.
      case plans
    }

    public var kind: Kind
    public var count: Int

    public static func changes(_ count: Int) -> Limit { Limit(kind: .changes, count: count) }
    public static func plans(_ count: Int) -> Limit { Limit(kind: .plans, count: count) }
  }

  /// How many answers are changed at once, at most.
  public static let mostChanges = 3
  /// How many plans are tried, at most.
  public static let mostPlans = 20_000

  /// Fewer changes first, then by the names of the facts.
  public var ways: [Way]
  /// `nil` if every set of changes was tried, or none that was not tried could lead anywhere else.
  public var limit: Limit?
}
