/// What a front end shows when it is asked for.
public enum InterviewPage: Sendable, Equatable {
  case help
  case plan
  case sections
  /// The answers whose words fit; all of them if there are none.
  case answers(matching: String)
}
