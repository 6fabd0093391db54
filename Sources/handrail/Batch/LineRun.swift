import Dispatch
import IntakeReading

/// Gives the lines of an input to workers, one chunk each at a time, and takes what they did in the order of the input.
///
/// Each thread reads a chunk, works on it, and hands over what is next in order, so that reading and writing of one thread run
/// beside the work of the others. A thread that is done before its turn leaves its worker behind and goes on with another.
struct LineRun<Worker: LineWorker> {
  let input: LineInput
  let workers: [Worker]
  private let threadCount: Int

  init(input: LineInput, threads: Int, _ worker: () throws -> Worker) throws {
    self.input = input
    threadCount = threads
    workers = try (0..<(threads == 1 ? 1 : threads * 2)).map { _ in try worker() }
  }

  /// - Parameter take: called with each worker whose chunk is done, in the order of the input, by one thread at a time;
  ///   whether to go on.
  func run(_ take: (Worker) throws -> Bool) throws {
    try withoutActuallyEscaping(take) { take in
      let turns = LineTurns(input: input, workers: workers, take)
      DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
        while let (worker, number) = turns.next() {
          worker.run()
          turns.finish(worker, number)
        }
      }
      if let problem = turns.problem { throw problem }
    }
  }
}

/// Which chunk is whose, shared by the threads of a run.
private final class LineTurns<Worker: LineWorker>: @unchecked Sendable {
  private let input: LineInput
  private let take: (Worker) throws -> Bool
  /// Guards the input and the number of the next chunk that is read.
  private let reading = DispatchQueue(label: "handrail.reading")
  private var nextToRead = 0
  /// Guards everything else.
  private let state = DispatchQueue(label: "handrail.turns")
  private let freeCount = DispatchSemaphore(value: 0)
  private var free: [Worker] = []
  /// Workers whose turn has not come, by the numbers of their chunks.
  private var done: [Int: Worker] = [:]
  private var nextToTake = 0
  private var isTaking = false
  private var isOver = false
  private(set) var problem: (any Error)?

  init(input: LineInput, workers: [Worker], _ take: @escaping (Worker) throws -> Bool) {
    self.input = input
    self.take = take
    for worker in workers { release(worker) }
  }

  private func release(_ worker: Worker) {
    state.sync { free.append(worker) }
    freeCount.signal()
  }

  /// A free worker with the next chunk, and its number; `nil` at the end.
  func next() -> (Worker, Int)? {
    freeCount.wait()
    guard let worker = state.sync(execute: { isOver ? nil : free.removeLast() }) else {
      freeCount.signal()
      return nil
    }
    let number: Int? = reading.sync {
      do {
        guard try input.fill(worker.chunk) else { return nil }
        nextToRead += 1
        return nextToRead - 1
      } catch {
        end(error)
        return nil
      }
    }
    if let number { return (worker, number) }
    release(worker)
    return nil
  }

  /// Hands over a worker whose chunk is done, if it is its turn, and all that waited for it.
  func finish(_ worker: Worker, _ number: Int) {
    state.sync { done[number] = worker }
    while let worker = state.sync(execute: nextDone) {
      do {
        if !state.sync(execute: { isOver }), try !take(worker) { end(nil) }
      } catch {
        end(error)
      }
      state.sync { isTaking = false }
      release(worker)
    }
  }

  private func nextDone() -> Worker? {
    guard !isTaking, let worker = done.removeValue(forKey: nextToTake) else { return nil }
    nextToTake += 1
    isTaking = true
    return worker
  }

  private func end(_ error: (any Error)?) {
    state.sync {
      isOver = true
      if problem == nil { problem = error }
    }
  }
}
