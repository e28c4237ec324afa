package io.github.weighbridge.formats;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** What failed in another thread, thrown on in the one that waits for it. */
public final class TaskFailures {

  private TaskFailures() {}

  /**
   * The cause as an IOException to throw.
   *
   * @throws RuntimeException the cause, if it is one; an Error likewise
   */
  public static IOException rethrown(ExecutionException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof RuntimeException problem) {
      throw problem;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
