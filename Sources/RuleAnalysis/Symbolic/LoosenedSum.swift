/// A sum of which one item is looked at, and the others are any number that they can come to together.
///
/// It stands for more intakes than there are: what no such sum lets happen never happens, though what one lets happen need not.
/// In return nothing need be added up, which is hard for a solver whose formulas are made of truths.
struct LoosenedSum {
  let item: Int
  let others: [Int]
  /// What the others come to, as any number.
  let rest: Term
  /// The fact that can be answered instead of the items.
  let enteredAs: Int?
}
