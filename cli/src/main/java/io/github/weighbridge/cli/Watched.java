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

  /** A bar that goes to {@code max}; one that shows nothing where nobody watches. */
  static ProgressBar bar(String task, long max) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder().setTaskName(task).setInitialMax(max).clearDisplayOnFinish();
    return byAPerson()
        ? builder
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()
        : builder.setConsumer(new DelegatingProgressBarConsumer(line -> {})).build();
  }

  /** Whether standard input and output are a terminal's. */
  @SuppressWarnings("SystemConsoleNull") // A console without a terminal is asked for below.
  static boolean byAPerson() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22, which has this method, there is a console without a terminal too.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
