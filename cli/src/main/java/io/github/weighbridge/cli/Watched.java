package io.github.weighbridge.cli;

import java.io.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on standard error, when a person watches. */
final class Watched {

  private Watched() {}

  /** Whether input and output are a terminal's. */
  @SuppressWarnings("SystemConsoleNull") // null up to JDK 21; later ones have isTerminal
  static boolean byPerson() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** A bar that goes to {@code max}; one that shows nothing where nobody watches. */
  static ProgressBar bar(String task, long max) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder().setTaskName(task).setInitialMax(max).clearDisplayOnFinish();
    return !byPerson()
        ? builder.setConsumer(new DelegatingProgressBarConsumer(line -> {})).build()
        : builder
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }
}
