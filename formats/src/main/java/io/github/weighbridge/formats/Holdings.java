package io.github.weighbridge.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What an open file holds until it is closed; the last taken is given back first. */
public final class Holdings implements AutoCloseable {

  private interface Release {
    void run() throws IOException;
  }

  private final Deque<Release> releases = new ArrayDeque<>();

  /** Closes it later. */
  public <T extends AutoCloseable> T closeLater(T resource) {
    releases.push(
        () -> {
          try {
            resource.close();
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    return resource;
  }

  /** Deletes it later. */
  public void deleteLater(Path file) {
    releases.push(() -> Files.deleteIfExists(file));
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!releases.isEmpty()) {
      try {
        releases.pop().run();
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
