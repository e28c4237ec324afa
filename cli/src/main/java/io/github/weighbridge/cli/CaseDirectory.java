package io.github.weighbridge.cli;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A recorded case: a model, inputs and the outputs that its own program computed, described by a
 * {@code case.json}.
 *
 * @param folder where it is
 * @param id its name
 * @param model the model, or its architecture
 * @param weights the weights of an architecture
 * @param options how the model is to be read, by the names of {@link CaseOptions}
 * @param tolerance how near outputs must be
 * @param expectation what should happen
 */
record CaseDirectory(
    Path folder,
    String id,
    Path model,
    Optional<Path> weights,
    CaseOptions options,
    Tolerance tolerance,
    Expectation expectation) {

  static final String FILE_NAME = "case.json";

  private static final double DEFAULT_ATOL = 1e-4;
  private static final double DEFAULT_RTOL = 1e-3;

  /** What should happen to a case. */
  enum Expectation {
    /** It runs and gives the recorded outputs. */
    OK,
    /** It is refused with problems. */
    REFUSE,
    /** It runs, whatever it gives, or is refused with problems. */
    OPEN
  }

  /** The folders below a path that hold a case, sorted. */
  static List<Path> find(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(f -> f.endsWith(FILE_NAME)).map(Path::getParent).sorted().toList();
    }
  }

  /**
   * Reads the description of a case.
   *
   * @throws ProblemsException if it is none
   */
  static CaseDirectory read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    Place place = Place.file(file.toString());
    Tree.Obj description =
        Json.parse(Files.readString(file), file.toString())
            .asObject()
            .orElseThrow(() -> invalid(place, "must be an object"));
    Tree.Obj files =
        description.object("files").orElseThrow(() -> invalid(place, "must have 'files'"));
    String model =
        files
            .text("model")
            .or(() -> files.text("architecture"))
            .orElseThrow(() -> invalid(place, "'files' must have 'model' or 'architecture'"));
    return new CaseDirectory(
        folder,
        description.text("id").orElseGet(() -> String.valueOf(folder.getFileName())),
        resolve(folder, model, place),
        files.text("weights").map(weights -> resolve(folder, weights, place)),
        CaseOptions.of(description, place),
        new Tolerance(
            number(description, "atol", DEFAULT_ATOL, place),
            number(description, "rtol", DEFAULT_RTOL, place)),
        expectation(description, place));
  }

  private static double number(Tree.Obj description, String key, double otherwise, Place place) {
    Optional<Tree> stated = description.get(key);
    return stated.isEmpty()
        ? otherwise
        : stated
            .flatMap(Tree::asDouble)
            .filter(number -> number >= 0)
            .orElseThrow(() -> invalid(place, "'" + key + "' must be a number, 0 or more"));
  }

  private static Path resolve(Path folder, String name, Place place) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw invalid(place, "'files' must name files");
    }
  }

  private static Expectation expectation(Tree.Obj description, Place place) {
    String text = description.text("expect").orElse("ok");
    for (Expectation expectation : Expectation.values()) {
      if (expectation.name().toLowerCase(Locale.ROOT).equals(text)) {
        return expectation;
      }
    }
    throw invalid(place, "'expect' must be 'ok', 'refuse' or 'open'");
  }

  static ProblemsException invalid(Place place, String rule) {
    return ProblemsException.of(ProblemCode.CONFIG_VALUE_INVALID, place, rule, "", "");
  }

  /** The recorded inputs, in the model's order. */
  List<Tensor> inputs() {
    return List.copyOf(Npz.read(folder.resolve("inputs.npz")).values());
  }

  /** The recorded outputs, in the model's order. */
  List<Tensor> outputs() {
    return List.copyOf(Npz.read(folder.resolve("outputs.npz")).values());
  }
}
