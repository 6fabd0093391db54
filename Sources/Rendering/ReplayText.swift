public import PlanRecord

/// Says whether a plan that was made again is the recorded one, and if not, what differs and why.
public enum ReplayText {
  public static func render(_ replay: PlanReplay, _ version: AssessmentRecord.Version) -> String {
    let identity = "\(version.rulebook.name) \(version.rulebook.version), \(version.rulebook.digest.prefix(12))"
    var lines: [String] = []
    lines.append("Version \(version.number), made with \(identity).")
    lines.append(
      replay.hasSameRulebook ? "Made again with the same rulebook." : "Made again with another rulebook.")
    if !replay.hasSameMeaning {
      lines.append("Since then the meaning of the language has changed; the changelog tells how.")
    }
    if replay.isSame {
      lines.append("The plan is the same, byte for byte.")
    } else if replay.differences.isEmpty {
      lines.append("Every decision is the same, for the same reasons; only wording or identity differs.")
    } else {
      lines.append("The plan differs:")
      for difference in replay.differences {
        lines.append("  \(difference.label) (\(difference.decision))")
        if difference.then == difference.now {
          lines.append("    the same value: \(difference.now)")
        } else {
          lines.append("    then: \(difference.then.isEmpty ? "not part of the plan" : difference.then)")
          lines.append("    now:  \(difference.now.isEmpty ? "not part of the plan" : difference.now)")
        }
        if !difference.rulesGone.isEmpty {
          lines.append("    no longer decides: \(difference.rulesGone.joined(separator: ", "))")
        }
        if !difference.rulesNew.isEmpty {
          lines.append("    decides now: \(difference.rulesNew.joined(separator: ", "))")
        }
      }
    }
    if !replay.misfits.isEmpty {
      lines.append("Not used, since this rulebook does not know it: \(replay.misfits.joined(separator: ", ")).")
    }
    return lines.map { "\($0.printable)\n" }.joined()
  }
}
