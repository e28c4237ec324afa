package io.github.weighbridge.cli;

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
    // A console is there only when input and output are a terminal's.
    return System.console() == null
        ? builder.setConsumer(new DelegatingProgressBarConsumer(line -> {})).build()
        : builder
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }
}
