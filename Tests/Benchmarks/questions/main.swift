// How many questions an interview asks before the plan needs no more, over simulated clients that are the same in every run;
// compared with asking everything, and with the rulebook's order. Also how long the next question takes.
//
// Usage: swift run -c release questions [CLIENTS] [RULEBOOK]

import Foundation
import Interviewing
import RuleEngine
import RuleLanguage
import TestSupport

let arguments = Array(CommandLine.arguments.dropFirst())
let clients = arguments.first.flatMap(Int.init) ?? 200
let path = arguments.count > 1 ? arguments[1] : "Rules"
guard let program = Rulebook.load(path, withCases: false).program else {
  print("The rulebook `\(path)` has errors; `handrail check \(path)` shows them.")
  exit(1)
}
let day = CalendarDate("2026-11-20")!.days

func column(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

print("\(clients) simulated clients, questions until the plan needs no more:\n")
print("                            least  a tenth  a quarter  median  three quarters  nine tenths  most")
for (silence, words) in [(0, ""), (10, ", 1 in 10 unanswered")] {
  for order in SimulatedInterview.Order.allCases {
    let start = ContinuousClock.now
    let counts = (1...clients).map { seed in
      SimulatedInterview.questions(program, SimulatedClient(seed: seed, silence: silence), order, day: day)
    }.sorted()
    let took = ContinuousClock.now - start
    func at(_ percent: Int) -> String { String(counts[min(counts.count - 1, counts.count * percent / 100)]) }
    let name = order.rawValue
    print(
      "\(name)\(String(repeating: " ", count: max(1, 26 - name.count)))"
        + "\(column(at(0), 7))\(column(at(10), 9))\(column(at(25), 11))\(column(at(50), 8))\(column(at(75), 16))"
        + "\(column(at(90), 13))\(column(String(counts.last ?? 0), 6))\(words)")
    if order == .mostDecisive {
      let milliseconds = Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1e3
      let each = milliseconds / Double(max(1, counts.reduce(0, +)))
      print("    the next question after \(String(format: "%.1f", each)) ms on average")
    }
  }
}
