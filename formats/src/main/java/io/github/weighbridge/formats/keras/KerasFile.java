package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.Holdings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that Keras wrote, opened: architecture, training configuration and weights as
 * plain data, as its own generation has them.
 *
 * <p>What it is, its content says; endings lie ({@code .keras} was HDF5 once). The weights stay in
 * the file and are readable until {@link #close}.
 */
public final class KerasFile implements AutoCloseable {

  private final Path path;
  private final Path weightsPath;
  private final Contents contents;
  private final List<Problem> warnings;
  private final Holdings holdings;
  private final @Nullable KerasFile own;

  private KerasFile(
      Path path,
      Path weightsPath,
      Contents contents,
      Problems problems,
      Holdings holdings,
      @Nullable KerasFile own) {
    this.path = path;
    this.weightsPath = weightsPath;
    this.contents = contents;
    this.warnings = problems.warnings();
    this.holdings = holdings;
    this.own = own;
  }

  /**
   * Opens a file or folder.
   *
   * @throws ProblemsException with everything that is wrong with it, or with what it is if Keras
   *     did not write it
   */
  public static KerasFile open(Path path) {
    return opened(path, null);
  }

  /**
   * Opens an architecture, or a model, with the weights of another file; those of the model itself
   * are still to be had, see {@link #own}.
   *
   * @throws ProblemsException as {@link #open(Path)}
   */
  public static KerasFile open(Path architecture, Path weights) {
    return opened(architecture, weights);
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
    return new KerasFile(path, path, contents, new Problems(), new Holdings(), null);
  }

  private static ProblemsException missing(Path path, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.ENTRY_MISSING, Place.file(path.toString()), rule, found, "");
  }

  private static KerasFile opened(Path path, @Nullable Path weights) {
    Problems problems = new Problems();
    Holdings holdings = new Holdings();
    try {
      ContainerReader reader = new ContainerReader(problems, holdings);
      Contents contents = reader.read(path);
      KerasFile own = null;
      if (weights != null) {
        Contents values = reader.read(weights);
        if (contents.config().isEmpty()) {
          throw missing(path, "must have an architecture", "weights alone");
        }
        if (values.weights().isEmpty()) {
          throw missing(weights, "must have weights", "an architecture alone");
        }
        own = new KerasFile(path, path, contents, problems, holdings, null);
        contents = contents.with(values);
      }
      problems.throwIfErrors();
      return new KerasFile(
          path, weights == null ? path : weights, contents, problems, holdings, own);
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

  /** Where the file of the weights is: the same, if they have none of their own. */
  public Path weightsPath() {
    return weightsPath;
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

  /**
   * What the file holds without the weights that it was opened with, if it was; open as long as
   * this is.
   */
  public Optional<KerasFile> own() {
    return Optional.ofNullable(own);
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
