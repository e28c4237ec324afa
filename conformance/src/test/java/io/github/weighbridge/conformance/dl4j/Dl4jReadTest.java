package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.runtime.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks that DL4J builds, runs and saves, read here: they predict what DL4J did. Parameters and
 * inputs are random.
 */
class Dl4jReadTest {

  private static final double TOLERANCE = 1e-5;

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

  private static Stream<NetworkRow> rows() {
    return Stream.of(
            DenseRows.all(),
            ImageRows.all(),
            PoolingRows.all(),
            SequenceRows.all(),
            VertexRows.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void predictsWhatDl4jDid(NetworkRow row) throws IOException {
    Path zip = folder.resolve("model.zip");
    org.deeplearning4j.nn.api.Model network = row.randomized();
    List<Tensor> inputs = row.inputs();
    List<Tensor> expected = RestoredNetwork.of(network).output(inputs);
    ModelSerializer.writeModel(network, zip.toFile(), false);
    try (Model model = Models.open(zip);
        Session session = Session.of(model)) {
      List<Tensor> got = session.run(inputs);
      assertThat(got).hasSameSizeAs(expected);
      for (int i = 0; i < got.size(); i++) {
        assertThat(got.get(i).type().shape()).isEqualTo(expected.get(i).type().shape());
        assertClose(got.get(i).doubles(), expected.get(i).doubles());
      }
    }
  }

  private static void assertClose(double[] got, double[] expected) {
    for (int i = 0; i < got.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat(Math.abs(got[i] - expected[i]))
          .as("element %d: %s for %s", i, got[i], expected[i])
          .isLessThanOrEqualTo(allowed);
    }
  }
}
