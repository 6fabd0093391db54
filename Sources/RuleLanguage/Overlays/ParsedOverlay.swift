package import SourceText

/// What one overlay says, shaped but not yet put onto its rulebook.
package struct ParsedOverlay: Sendable {
  package struct Change: Sendable {
    package enum Kind: Sendable {
      /// These keys take the place of the element's own.
      case replace([YAMLEntry])
      case disable
    }

    package var element: ElementName
    package var kind: Kind
    package var reason: ParsedText
    /// Where the element is named in the overlay.
    package var place: SourceRange
  }

  /// The rulebook it adapts.
  package var base: Spanned<String>
  package var name: Spanned<String>
  package var title: ParsedText?
  package var reason: ParsedText
  package var changes: [Change] = []
  /// What it wants to replace without saying in which section it stands.
  package var misnamed: [Spanned<String>] = []
  package var offers: [ParsedOffer] = []
  /// What else is offered, in words.
  package var notes: [(name: Spanned<String>, text: ParsedText)] = []
  /// What it adds: the ordinary sections of its files.
  package var additions: [YAMLNode] = []
  package var files: Set<String> = []
}

/// Which options of a decision, or of a fact with options, a site offers.
package struct ParsedOffer: Sendable {
  /// A decision or a fact.
  package var name: Spanned<String>
  /// Options, items, numbers or ranges.
  package var words: [Spanned<String>]
  /// Whether the words are what is *not* offered.
  package var isAllBut: Bool
  /// Why not everything is offered; `nil` where each word has a reason of its own.
  package var reason: ParsedText?
  /// Why single ones are not.
  package var reasons: [String: ParsedText]
}

/// Overlays as they were put onto a rulebook, for the steps behind parsing.
package struct AppliedOverlays: Sendable {
  /// By name.
  package var overlays: [ParsedOverlay] = []
  /// The rules, tables and rows that are disabled.
  package var disabled: [String: (overlay: String, reason: ParsedText)] = [:]

  /// What was changed, by overlay and element.
  package var changes: [OverlayChange] = []

  package init() {}

  /// Whether a place lies in an overlay and not in the rulebook below it.
  package func contains(_ place: SourceRange) -> Bool {
    overlays.contains { $0.files.contains(place.file) }
  }
}
