/// Told what is being proved, for a person who waits; called from several threads.
public typealias ProofProgress = @Sendable (String) -> Void
