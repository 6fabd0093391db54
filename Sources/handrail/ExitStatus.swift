import ArgumentParser
import RuleEngine

/// What the command tells the shell. The numbers are documented and do not change.
enum ExitStatus: Int32 {
  case done = 0
  case rulebookErrors = 1
  case intakeErrors = 2
  case conflict = 3
  case gap = 4
  case open = 5
  case provisional = 6
  case caseFailed = 7
  case recordErrors = 9
  case replayDiffers = 10
  case stopped = 11
  case notFormatted = 12
  case noProof = 13
  case cannotWrite = 14
  case plansDiffer = 15
  case safetyDiffers = 16

  init(_ status: Plan.Status) {
    switch status {
    case .conflict: self = .conflict
    case .gap: self = .gap
    case .open: self = .open
    case .provisional: self = .provisional
    case .final, .finalRegardless: self = .done
    }
  }

  var error: ExitCode { ExitCode(rawValue) }
}
