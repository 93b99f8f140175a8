import Glibc
import Synchronization

#if THREAD_SANITIZER
  /// The standard library's mutex, on pthreads: ThreadSanitizer sees their locks, and not the futex of
  /// `Synchronization.Mutex`, so that everything handed from thread to thread under one would be reported.
  ///
  /// `@unchecked Sendable` holds because `value` is touched only between lock and unlock.
  package struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    package init(_ initial: consuming sending Value) {
      lock = .allocate(capacity: 1)
      pthread_mutex_init(lock, nil)
      value = .allocate(capacity: 1)
      value.initialize(to: initial)
    }

    deinit {
      value.deinitialize(count: 1)
      value.deallocate()
      pthread_mutex_destroy(lock)
      lock.deallocate()
    }

    package func withLock<Result: ~Copyable, E: Error>(
      _ body: (inout sending Value) throws(E) -> sending Result
    ) throws(E) -> sending Result {
      pthread_mutex_lock(lock)
      defer { pthread_mutex_unlock(lock) }
      // Both pointers are valid from `init` to `deinit`, and nobody else holds the lock.
      return try unsafe body(&value.pointee)
    }
  }
#else
  /// The standard library's mutex under one name for every build; see the other half of this file.
  package typealias Mutex<Value: ~Copyable> = Synchronization.Mutex<Value>
#endif
