import PlanRecord
import RuleEngine

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The only place of the program that reads a clock.
enum Clock {
  /// The day where this machine stands, which is not always that of Universal Time.
  static func today() -> CalendarDate? {
    var seconds = time(nil)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    var text = [CChar](repeating: 0, count: 16)
    let count = strftime(&text, text.count, "%Y-%m-%d", &parts)
    return CalendarDate(String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  /// The moment in Universal Time.
  static func now() -> Moment? {
    var seconds = time(nil)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return nil }
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return Moment(String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self))
  }
}
