package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file or folder that Keras wrote, opened: architecture, training configuration and weights as
 * plain data, as its own generation has them.
 *
 * <p>What it is, its content says; endings lie ({@code .keras} was HDF5 once). The weights stay in
 * the file and are readable until {@link #close}.
 */
public final class KerasFile implements AutoCloseable {

  private final Path path;
  private final Contents contents;
  private final List<Problem> warnings;
  private final Holdings holdings;

  private KerasFile(Path path, Contents contents, Problems problems, Holdings holdings) {
    this.path = path;
    this.contents = contents;
    this.warnings = problems.warnings();
    this.holdings = holdings;
  }

  /**
   * Opens a file or folder.
   *
   * @throws ProblemsException with everything that is wrong with it, or with what it is if Keras
   *     did not write it
   */
  public static KerasFile open(Path path) {
    return opened(path, (reader, problems) -> reader.read(path));
  }

  /**
   * Opens an architecture (or a model, whose own weights do not count) with the weights of another
   * file.
   *
   * @throws ProblemsException as {@link #open(Path)}
   */
  public static KerasFile open(Path architecture, Path weights) {
    return opened(
        architecture,
        (reader, problems) -> {
          Contents model = reader.read(architecture);
          Contents values = reader.read(weights);
          if (model.config().isEmpty()) {
            throw missing(architecture, "must have an architecture", "weights alone");
          }
          if (values.weights().isEmpty()) {
            throw missing(weights, "must have weights", "an architecture alone");
          }
          return model.with(values);
        });
  }

  /**
   * What a file would hold that is not written yet; closing it closes nothing.
   *
   * @param path for messages
   * @param config the architecture
   * @param weights not yet in the file
   * @param vocabularies beside the weights
   */
  public static KerasFile unwritten(
      Path path,
      KerasForm form,
      KerasGeneration generation,
      Tree.Obj config,
      KerasWeights weights,
      Map<String, List<String>> vocabularies) {
    Contents contents =
        new Contents(
            form,
            Optional.empty(),
            Optional.of(generation),
            Optional.empty(),
            Optional.of(config),
            Optional.empty(),
            Optional.of(weights),
            List.of(),
            vocabularies);
    return new KerasFile(path, contents, new Problems(), new Holdings());
  }

  private static ProblemsException missing(Path path, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.ENTRY_MISSING, Place.file(path.toString()), rule, found, "");
  }

  private interface Reading {
    Contents read(ContainerReader reader, Problems problems);
  }

  private static KerasFile opened(Path path, Reading reading) {
    Problems problems = new Problems();
    Holdings holdings = new Holdings();
    try {
      Contents contents = reading.read(new ContainerReader(problems, holdings), problems);
      problems.throwIfErrors();
      return new KerasFile(path, contents, problems, holdings);
    } catch (RuntimeException e) {
      try {
        holdings.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Where the file (of the architecture) is. */
  public Path path() {
    return path;
  }

  /** What form it has. */
  public KerasForm form() {
    return contents.form();
  }

  /** The version that wrote it, if it says so: {@code 2.15.0}, {@code 2.2.4-tf}. */
  public Optional<String> kerasVersion() {
    return contents.kerasVersion();
  }

  /** The line of Keras that wrote it, if it can be told. */
  public Optional<KerasGeneration> generation() {
    return contents.generation();
  }

  /** The backend that wrote it, if it says so: {@code tensorflow}, {@code theano}... */
  public Optional<String> backend() {
    return contents.backend();
  }

  /** The model: an object with {@code class_name} and {@code config}; not in weights files. */
  public Optional<Tree.Obj> config() {
    return contents.config();
  }

  /** What {@code compile} was given: {@code training_config} or {@code compile_config}. */
  public Optional<Tree.Obj> trainingConfig() {
    return contents.trainingConfig();
  }

  /** The weights; not in architectures. */
  public Optional<KerasWeights> weights() {
    return contents.weights();
  }

  /** The optimizer's variables, in its own order; empty if there are none. */
  public List<NamedWeight> optimizerWeights() {
    return contents.optimizerWeights();
  }

  /**
   * The vocabularies that stand beside the weights, by the object that has them ({@code
   * layers/string_lookup}): term by term, special ones included.
   */
  public Map<String, List<String>> vocabularies() {
    return contents.vocabularies();
  }

  /** What is odd about the file and does not matter. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** Closes the files; the weights are no longer readable. */
  @Override
  public void close() throws IOException {
    holdings.close();
  }

  @Override
  public String toString() {
    return path + " (" + form() + ")";
  }
}
