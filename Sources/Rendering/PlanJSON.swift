public import RuleEngine

/// A plan as JSON; its form is documented in `PlanJSON.md`.
public enum PlanJSON {
  public static func render(_ plan: Plan) -> String {
    JSONText.render(plan)
  }
}
