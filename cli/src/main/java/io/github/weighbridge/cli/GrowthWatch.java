package io.github.weighbridge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows how far a file has grown, by looking at its folder, when a person watches. */
final class GrowthWatch implements AutoCloseable {

  private static final long EVERY_MILLIS = 200;

  private final @Nullable ProgressBar bar;
  private final @Nullable ScheduledExecutorService clock;

  GrowthWatch(Path folder, long expectedBytes) {
    if (!Watched.byPerson()) {
      bar = null;
      clock = null;
      return;
    }
    ProgressBar shown = Watched.bar("convert", expectedBytes);
    bar = shown;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleAtFixedRate(
            () -> shown.stepTo(bytesIn(folder)), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static long bytesIn(Path folder) {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    } catch (IOException e) {
      // A file was moved between the two looks; the next look comes soon.
      return bytes;
    }
    return bytes;
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    if (bar != null) {
      bar.close();
    }
  }
}
