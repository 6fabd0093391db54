public import RuleEngine

/// A plan as JSON; its form is documented in `PlanJSON.md`.
public enum PlanJSON {
  public static func render(_ plan: Plan) -> String {
    JSONText.render(plan)
  }

  /// The same on one line, without its end.
  package static func line(_ plan: Plan) -> String {
    JSONText.line(plan)
  }
}
