package io.github.weighbridge.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every problem code is raised by the product and asserted by a test. The messages of those that
 * need several rooms are asserted here, the others beside the code that raises them.
 */
class ProblemCodesTest {

  private static final Path HOUSE = Path.of("..");
  private static final Path TESTDATA = HOUSE.resolve("testdata");

  @Test
  void everyCodeIsRaised() throws IOException {
    assertThat(missingFrom("src/main/java")).isEmpty();
  }

  @Test
  void everyCodeIsAsserted() throws IOException {
    assertThat(missingFrom("src/test")).isEmpty();
  }

  private static Set<ProblemCode> missingFrom(String folder) throws IOException {
    Set<ProblemCode> missing = EnumSet.allOf(ProblemCode.class);
    try (Stream<Path> modules = Files.list(HOUSE)) {
      for (Path sources :
          modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(sources)) {
          for (Path file : files.filter(ProblemCodesTest::isSource).toList()) {
            String text = Files.readString(file);
            missing.removeIf(
                code -> Pattern.compile("\\b" + code.name() + "\\b").matcher(text).find());
          }
        }
      }
    }
    return missing;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && !file.endsWith("ProblemCode.java");
  }

  @Test
  void layerUnknown() {
    Path file = TESTDATA.resolve("malformed/unknown_layer.keras");

    assertThat(problems(file, TargetFormat.ONNX))
        .containsExactly(
            "ERROR LAYER_UNKNOWN "
                + file
                + ", layer 'dense_1' (Denze): must be a layer that is known here, found the class"
                + " Denze is not known here; a custom layer can teach it, see"
                + " docs/custom-layers.md");
  }

  @Test
  void functionUnknown() {
    Path file = TESTDATA.resolve("malformed/unknown_function.keras");

    assertThat(problems(file, TargetFormat.ONNX))
        .singleElement()
        .asString()
        .startsWith(
            "ERROR FUNCTION_UNKNOWN "
                + file
                + ", layer 'dense_1' (Dense): must be a known activation, found 'zigzag'; known are"
                + " celu, elu, ")
        .endsWith(", softmax, sparsemax");
  }

  @Test
  void precisionChanged() {
    Path file = TESTDATA.resolve("models/float64_keras3/model.keras");

    assertThat(problems(file, TargetFormat.ONNX))
        .containsExactly(
            "WARNING PRECISION_CHANGED ONNX Runtime computes float64 models in float32; expect"
                + " differences of about 1e-7 relative to the largest number on the way");
  }

  @Test
  void sizeUnknown() {
    Path file = TESTDATA.resolve("pooling/adaptive_average_2d_free_size_keras3/model.keras");

    assertThat(problems(file, TargetFormat.ONNX))
        .containsExactly(
            "ERROR SIZE_UNKNOWN "
                + file
                + ", layer 'adaptive_average_pooling2d' (AdaptiveAveragePooling2D): the size of"
                + " axis 1 must be known, found the shape [batch, x_1, 5, 2]; build the model with"
                + " inputs of known size");
  }

  @Test
  void targetDrops() {
    Path file = TESTDATA.resolve("optimizers/sgd_loop_keras3/model.keras");

    assertThat(problems(file, TargetFormat.DL4J))
        .containsExactly(
            "WARNING TARGET_DROPS "
                + file
                + ", optimizer: looks ahead by its momentum in DL4J, which makes other steps, found"
                + " nesterov=False");
  }

  @Test
  void arrayMismatch() {
    try (Model model = Models.open(TESTDATA.resolve("core/dense_chain_keras3/model.keras"));
        Session session = Session.of(model)) {
      ProblemsException refused =
          catchThrowableOfType(
              ProblemsException.class, () -> session.run(List.of(Tensor.of(new float[6], 2, 3))));

      assertThat(texts(refused.problems()))
          .containsExactly(
              "ERROR ARRAY_MISMATCH input 'x': must have shape [batch, 5], found [2, 3]; give"
                  + " an array that fits the model's input");
    }
  }

  private static List<String> problems(Path file, TargetFormat target) {
    try (Model model = Models.open(file)) {
      return texts(Models.problems(model, target));
    }
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(p -> p.severity() + " " + p.code() + " " + p).toList();
  }
}
