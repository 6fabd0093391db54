import ArgumentParser
import RuleLanguage

/// The overlays that every command puts onto the rulebook it reads.
struct OverlayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder that adapts the rulebook to a site or a state; may be given several times, in any order.",
      valueName: "folder"))
  var overlay: [String] = []

  func load(_ rules: String, withCases: Bool = true, withDigest: Bool = true) -> Rulebook {
    Rulebook.load(rules, overlays: overlay, withCases: withCases, withDigest: withDigest)
  }
}
