/// The version of the program, which `--version` and formats for tools name.
public enum ProgramVersion {
  public static let text = "0.1.0"
}
