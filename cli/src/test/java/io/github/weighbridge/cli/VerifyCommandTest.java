package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

  private static final Path CASE = Run.testdata("core/dense_chain_keras3");
  private static final Path LAMBDA = Run.testdata("refused/lambda_keras3");

  @TempDir Path folder;

  @Test
  void passesACaseOnEveryWay() {
    Run run = Run.of("verify", CASE, "--through", "nd4j,onnx", "--json");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    Tree.Obj report = run.json();
    assertThat(report.members().keySet()).containsExactly("passed", "failed", "refused", "cases");
    assertThat(counts(report)).containsExactly(2L, 0L, 0L);
    for (Tree.Obj row : rows(report)) {
      assertThat(row.members().keySet())
          .containsExactly("id", "path", "through", "status", "maxAbsDiff", "message");
      assertThat(row.text("id")).hasValue("core/dense_chain_keras3");
      assertThat(row.text("path")).hasValue(CASE.toString());
      assertThat(row.text("status")).hasValue("pass");
      assertThat(row.get("maxAbsDiff").flatMap(Tree::asDouble).orElseThrow()).isBetween(0.0, 1e-4);
      assertThat(row.text("message")).hasValue("");
    }
    assertThat(rows(report))
        .extracting(row -> row.text("through").orElse(""))
        .containsExactly("nd4j", "onnx");
  }

  @Test
  void readsACaseAsItsOptionsSay() throws IOException {
    String given =
        Files.readString(Run.testdata("generations/by_name_skip_mismatch_tf_keras/case.json"));
    assertThat(given).contains("\"byName\": true");
    assertThat(optioned(given, "", "").code()).isZero();
    assertThat(optioned(given, "\"skipMismatch\": true", "\"skipMismatch\": false").out())
        .contains("refused: ", "must have shape [5, 3], found [5, 2]");
    assertThat(optioned(given, "\"skipMismatch\": true", "\"skipMismatch\": 1").out())
        .contains("error: ", "'skipMismatch' must be true or false");
    assertThat(optioned(given, "\"skipMismatch\": true", "\"theanoKernels\": \"maybe\"").out())
        .contains("'theanoKernels' must be what its option takes");
    assertThat(optioned(given, "\"skipMismatch\": true", "\"other\": 1").out())
        .contains("'options' must not have 'other'");
  }

  private Run optioned(String given, String option, String other) throws IOException {
    Path original = Run.testdata("generations/by_name_skip_mismatch_tf_keras");
    Path target = Files.createDirectories(folder.resolve("case"));
    try (Stream<Path> files = Files.list(original)) {
      for (Path file : files.toList()) {
        Files.write(target.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Files.writeString(target.resolve("case.json"), given.replace(option, other));
    return Run.of("verify", target);
  }

  @Test
  void tellsPeopleTheCountsAndWhatFailed() throws IOException {
    assertThat(Run.of("verify", CASE).out().lines())
        .containsExactly("passed 1, failed 0, refused 0");

    Path spoiled = spoiled();
    Run run = Run.of("verify", spoiled);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "core/dense_chain_keras3 through nd4j: mismatch: output 0: 12 of 12 elements differ,"
                + " the first at 0: got \\S+, expected \\S+");
  }

  @Test
  void mismatchIsExitCode1() throws IOException {
    Run run = Run.of("verify", spoiled(), "--json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(counts(run.json())).containsExactly(0L, 1L, 0L);
    assertThat(rows(run.json()).get(0).text("status")).hasValue("mismatch");
  }

  @Test
  void tolerancesOfTheCommandLineCountBeforeTheCasesOwn() throws IOException {
    Path spoiled = spoiled();
    assertThat(Run.of("verify", spoiled, "--atol", 100).code()).isZero();
    Run exact = Run.of("verify", spoiled, "--atol", 0, "--rtol", 1e-9);
    assertThat(exact.code()).isEqualTo(1);
  }

  @Test
  void findsCasesBelowEveryPathSorted() throws IOException {
    copy(CASE, folder.resolve("b/deep/case"));
    copy(CASE, folder.resolve("a"));
    copy(CASE, folder.resolve("c"));

    Run run =
        Run.of("verify", folder.resolve("c"), folder.resolve("b"), folder.resolve("a"), "--json");

    assertThat(run.code()).isZero();
    assertThat(rows(run.json()))
        .extracting(row -> row.text("path").orElse(""))
        .containsExactly(
            folder.resolve("c").toString(),
            folder.resolve("b/deep/case").toString(),
            folder.resolve("a").toString());
  }

  @Test
  void takesTheDescriptionItself() {
    assertThat(Run.of("verify", CASE.resolve("case.json")).code()).isZero();
  }

  @Test
  void noCaseIsExitCode2() {
    Run run = Run.of("verify", folder);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors().get(0)).isEqualTo("no case.json below [" + folder + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                  | must be JSON",
        "[]                                 | must be an object",
        "{}                                 | must have 'files'",
        "{\"files\": {}}                    | 'files' must have 'model' or 'architecture'",
        "{\"files\": {\"model\": \"a\\u0000b\"}} | 'files' must name files",
        "{\"files\": {\"model\": \"model.keras\"}, \"expect\": \"fine\"} | 'expect' must be 'ok', 'refuse' or 'open'",
        "{\"files\": {\"model\": \"model.keras\"}, \"atol\": \"small\"} | 'atol' must be a number, 0 or more",
        "{\"files\": {\"model\": \"model.keras\"}, \"rtol\": -1} | 'rtol' must be a number, 0 or more"
      })
  void brokenDescriptionIsAnErrorEntryAndTheRestGoesOn(String description, String message)
      throws IOException {
    copy(CASE, folder.resolve("good"));
    Path broken = copy(CASE, folder.resolve("broken"));
    Files.writeString(broken.resolve("case.json"), description);

    Run run = Run.of("verify", folder, "--json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(counts(run.json())).containsExactly(1L, 1L, 0L);
    Tree.Obj row = rows(run.json()).get(0);
    assertThat(row.text("id")).hasValue("broken");
    assertThat(row.text("status")).hasValue("error");
    assertThat(row.get("maxAbsDiff").orElseThrow().isNull()).isTrue();
    assertThat(row.text("message").orElseThrow())
        .startsWith(broken.resolve("case.json").toString())
        .contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inputs.npz", "outputs.npz"})
  void missingArraysOfACaseAreAnError(String file) throws IOException {
    Path broken = copy(CASE, folder.resolve("case"));
    Files.delete(broken.resolve(file));

    Run run = Run.of("verify", broken, "--json");

    assertThat(run.code()).isEqualTo(1);
    Tree.Obj row = rows(run.json()).get(0);
    assertThat(row.text("status")).hasValue("error");
    assertThat(row.text("message"))
        .hasValue(
            broken.resolve(file)
                + ": must be a file that can be read, found no such"
                + " file; check its name");
  }

  @Test
  void missingModelIsARefusal() throws IOException {
    Path broken = copy(CASE, folder.resolve("case"));
    Files.delete(broken.resolve("model.keras"));

    Run run = Run.of("verify", broken, "--json");

    assertThat(counts(run.json())).containsExactly(0L, 0L, 1L);
  }

  @Test
  void expectedRefusalPasses() {
    Run run = Run.of("verify", LAMBDA, "--through", "nd4j,onnx", "--strict", "--json");

    assertThat(run.code()).isZero();
    assertThat(counts(run.json())).containsExactly(2L, 0L, 0L);
    assertThat(rows(run.json()))
        .allSatisfy(
            row ->
                assertThat(row.text("message").orElseThrow())
                    .contains(
                        "layer 'doubled' (Lambda): must not be code: none in a model file"
                            + " is ever run"));
  }

  @Test
  void refusalOfWhatShouldRunFailsOnlyIfStrict() throws IOException {
    Path refused = expecting(LAMBDA, "ok");

    Run run = Run.of("verify", refused, "--json");
    assertThat(run.code()).isZero();
    assertThat(counts(run.json())).containsExactly(0L, 0L, 1L);
    assertThat(rows(run.json()).get(0).text("status")).hasValue("refused");

    Run strict = Run.of("verify", refused, "--strict", "--json");
    assertThat(strict.code()).isEqualTo(1);
    assertThat(counts(strict.json())).containsExactly(0L, 0L, 1L);
  }

  @Test
  void runningWhatShouldBeRefusedIsAnError() throws IOException {
    Run run = Run.of("verify", expecting(CASE, "refuse"), "--json");

    assertThat(run.code()).isEqualTo(1);
    assertThat(counts(run.json())).containsExactly(0L, 1L, 0L);
    assertThat(rows(run.json()).get(0).text("message")).hasValue("must be refused, but ran");
  }

  @Test
  void openCasePassesEitherWay() throws IOException {
    Path runs = expecting(CASE, "open");
    Files.delete(runs.resolve("outputs.npz"));
    Path refuses = expecting(LAMBDA, "open");

    Run run = Run.of("verify", runs, refuses, "--strict", "--json");

    assertThat(run.code()).isZero();
    assertThat(counts(run.json())).containsExactly(2L, 0L, 0L);
  }

  /** A copy of the case whose outputs are 2 too large. */
  private Path spoiled() throws IOException {
    Path spoiled = copy(CASE, folder.resolve("spoiled"));
    Tensor outputs = Npz.read(CASE.resolve("outputs.npz")).get("arr_0");
    float[] values = Objects.requireNonNull(outputs).floats();
    for (int i = 0; i < values.length; i++) {
      values[i] += 2;
    }
    Npz.write(spoiled.resolve("outputs.npz"), Map.of("arr_0", Tensor.of(values, outputs.sizes())));
    return spoiled;
  }

  private Path expecting(Path original, String expectation) throws IOException {
    Path changed = copy(original, folder.resolve(original.getFileName()));
    Path description = changed.resolve("case.json");
    String text = Files.readString(description);
    String changedText =
        text.replaceFirst("\"expect\": \"[a-z]+\"", "\"expect\": \"" + expectation + '"');
    assertThat(changedText).isNotEqualTo(text);
    Files.writeString(description, changedText);
    return changed;
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static List<Long> counts(Tree.Obj report) {
    return Stream.of("passed", "failed", "refused")
        .map(key -> report.get(key).flatMap(Tree::asLong).orElseThrow())
        .toList();
  }

  private static List<Tree.Obj> rows(Tree.Obj report) {
    return report.get("cases").orElseThrow().items().stream()
        .map(row -> row.asObject().orElseThrow())
        .toList();
  }
}
