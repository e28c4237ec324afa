package io.github.weighbridge.runtime;

/**
 * How a {@link Session} runs.
 *
 * @param threads how many threads a native operation may use; 0 leaves the library's setting. The
 *     library has one number for the whole process: the session that runs last sets it.
 */
public record SessionOptions(int threads) {

  /** The library's own number of threads. */
  public static final SessionOptions DEFAULTS = new SessionOptions(0);

  /** Refuses negative numbers. */
  public SessionOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("a number of threads is not negative, got " + threads);
    }
  }

  /** These options with another number of threads. */
  public SessionOptions withThreads(int newThreads) {
    return new SessionOptions(newThreads);
  }
}
