/// What the sections of files are called.
enum SectionNames {
  static let rulebook = [
    "cases", "catalogues", "decisions", "derived", "facts", "impossible", "parameters", "present", "properties",
    "rulebook", "rules", "sources", "tables",
  ]
  /// What stands in overlays only.
  static let overlay = ["disable", "offers", "overlay", "replace"]
}
