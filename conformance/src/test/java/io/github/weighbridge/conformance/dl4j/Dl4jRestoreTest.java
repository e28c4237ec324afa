package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions.Layout;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.npy.Npz;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every case that real Keras wrote, written as a DL4J zip, restored and run by DL4J: it predicts
 * what Keras did, or it was refused with a reason.
 */
class Dl4jRestoreTest {

  private static final Path TESTDATA = Path.of("..", "testdata");

  /** How many cases DL4J can hold; fewer means that something is refused that was not before. */
  private static final int PASSING = 1904;

  /** In the classic layout two more: channels in the middle of each step come to its end. */
  private static final int PASSING_CLASSIC = PASSING + 2;

  @TempDir Path folder;

  /** oneDNN refuses dilated convolutions of one and three axes; ND4J without it computes them. */
  @BeforeAll
  static void withoutOneDnn() {
    Nd4j.getEnvironment().allowHelpers(false);
  }

  @AfterAll
  static void withOneDnn() {
    Nd4j.getEnvironment().allowHelpers(true);
  }

  /** What became of a case. */
  private record Outcome(Path directory, String kind, String message, double difference) {}

  @ParameterizedTest
  @EnumSource(names = {"KERAS", "CLASSIC"})
  void predictsWhatKerasDid(Layout layout) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Path directory : directories()) {
      outcomes.add(replay(directory, Dl4jOptions.DEFAULTS.withLayout(layout)));
    }
    StringBuilder report = new StringBuilder();
    Map<String, Integer> counts = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      counts.merge(outcome.kind(), 1, Integer::sum);
      report.append(
          String.format(
              "%s\t%s\t%.3g\t%s%n",
              outcome.kind(),
              TESTDATA.relativize(outcome.directory()),
              outcome.difference(),
              outcome.message().replaceAll("\\R", " | ")));
    }
    Files.writeString(Path.of("target", "dl4j-restore-" + layout + ".tsv"), report);
    assertThat(outcomes)
        .filteredOn(o -> o.kind().equals("mismatch") || o.kind().equals("error"))
        .isEmpty();
    assertThat(counts.get("pass"))
        .as("passing cases, of %s", counts)
        .isEqualTo(layout == Layout.CLASSIC ? PASSING_CLASSIC : PASSING);
  }

  private static List<Path> directories() throws IOException {
    try (Stream<Path> files = Files.walk(TESTDATA)) {
      return files.filter(f -> f.endsWith("case.json")).map(Path::getParent).sorted().toList();
    }
  }

  private Outcome replay(Path directory, Dl4jOptions options) throws IOException {
    Tree.Obj config =
        Json.parse(Files.readString(directory.resolve("case.json")), "case.json")
            .asObject()
            .orElseThrow();
    if (!config.text("expect").orElse("").equals("ok")) {
      return new Outcome(directory, "other", "", 0);
    }
    Path zip = folder.resolve("model.zip");
    String file = config.object("files").flatMap(f -> f.text("model")).orElse("");
    try (Model model = KerasImporter.read(directory.resolve(file), KerasImportOptions.DEFAULTS)) {
      Dl4jExporter.write(model, zip, options);
      List<Tensor> inputs = List.copyOf(Npz.read(directory.resolve("inputs.npz")).values());
      List<Tensor> expected = List.copyOf(Npz.read(directory.resolve("outputs.npz")).values());
      return compare(directory, config, RestoredNetwork.restore(zip).output(inputs), expected);
    } catch (ProblemsException e) {
      return new Outcome(directory, "refused", String.valueOf(e.getMessage()), 0);
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return new Outcome(
          directory, "error", e + " at " + Arrays.stream(trace).limit(6).toList(), 0);
    } finally {
      Files.deleteIfExists(zip);
    }
  }

  private static Outcome compare(
      Path directory, Tree.Obj config, List<Tensor> got, List<Tensor> expected) {
    double atol = config.get("atol").flatMap(Tree::asDouble).orElse(1e-4);
    double rtol = config.get("rtol").flatMap(Tree::asDouble).orElse(1e-3);
    double largest = 0;
    if (got.size() != expected.size()) {
      return new Outcome(directory, "mismatch", got + " for " + expected, 0);
    }
    for (int i = 0; i < got.size(); i++) {
      if (!got.get(i).type().shape().equals(expected.get(i).type().shape())) {
        return new Outcome(directory, "mismatch", got + " for " + expected, 0);
      }
      double[] have = got.get(i).doubles();
      double[] want = expected.get(i).doubles();
      for (int k = 0; k < have.length; k++) {
        double difference = Math.abs(have[k] - want[k]);
        largest = Math.max(largest, Double.isNaN(difference) ? Double.MAX_VALUE : difference);
        if (!(difference <= atol + rtol * Math.abs(want[k])) && have[k] != want[k]) {
          String message = "output " + i + " element " + k + ": " + have[k] + " for " + want[k];
          return new Outcome(directory, "mismatch", message, difference);
        }
      }
    }
    return new Outcome(directory, "pass", "", largest);
  }
}
