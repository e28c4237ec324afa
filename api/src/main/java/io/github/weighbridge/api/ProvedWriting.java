package io.github.weighbridge.api;

import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.exporter.keras.KerasExporter;
import io.github.weighbridge.formats.TaskFailures;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Writes a file of Keras while another thread proves it: the weights are copied meanwhile, and the
 * file appears when both are done. A proof that fails leaves nothing behind.
 */
final class ProvedWriting {

  private final KerasExporter export;
  private final FutureTask<List<Problem>> proof;

  private ProvedWriting(KerasExporter export) {
    this.export = export;
    this.proof = new FutureTask<>(() -> KerasProof.problems(export));
  }

  /**
   * Writes a file.
   *
   * @return what the user should know
   * @throws ProblemsException with everything that the target cannot express, or if it cannot be
   *     written
   */
  static List<Problem> write(KerasExporter export, Path target) {
    Problems told = new Problems();
    told.addAll(export.problems());
    told.throwIfErrors();
    return new ProvedWriting(export).write(target);
  }

  private List<Problem> write(Path target) {
    if (export.isRespelled()) {
      Thread thread = new Thread(proof, "proof");
      thread.setDaemon(true);
      thread.start();
    } else {
      proof.run();
    }
    try {
      export.write(target, this::approved);
    } catch (RuntimeException | Error unwritten) {
      // A model that is refused is so wherever it goes.
      approved();
      throw unwritten;
    }
    return approved().warnings();
  }

  /** What was found, as soon as that is known: nobody may close the model before. */
  private Problems approved() {
    Problems found = new Problems();
    found.addAll(awaited());
    found.throwIfErrors();
    return found;
  }

  private List<Problem> awaited() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return proof.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new UncheckedIOException(TaskFailures.rethrown(e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
