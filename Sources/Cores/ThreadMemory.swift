#if canImport(Glibc)
  import CMalloc
#endif

/// The memory from which threads are given what they ask for.
package enum ThreadMemory {
  /// Takes memory from the system in large steps, and keeps it. Left alone, glibc asks the kernel for a page at a time for every
  /// thread but the first, and the others wait meanwhile. To be called before any other thread is there.
  package static func growInLargeSteps() {
    #if canImport(Glibc)
      // Only addresses: memory is taken as it is used. Of the 64 MiB that a thread can have, a request may reach half.
      mallopt(M_TOP_PAD, 32 << 20)
      // Both would grow to this by themselves, had the first not been set. What is large is else given back each time it is freed.
      mallopt(M_MMAP_THRESHOLD, 32 << 20)
      mallopt(M_TRIM_THRESHOLD, 64 << 20)
    #endif
  }
}
