/// What a query of a population says of each plan. A decision is named by its place in `Program.decisions`.
package enum QueryColumn: Sendable, Equatable {
  case status
  case noValue
  case value(Int)
  case decisionStatus(Int)
  case possible(Int)
  case member(Int, slot: Int)
}
