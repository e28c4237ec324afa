package io.github.weighbridge.importer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.dl4j.Dl4jZipWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips of a few layers, and what is told of those that are wrong. */
class Dl4jImporterTest {

  private static final String DENSE =
      """
      {"@class": "org.deeplearning4j.nn.conf.layers.DenseLayer", "layerName": "dense",
       "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationTanH"},
       "nin": 2, "nout": 3}
      """;

  @TempDir Path folder;

  private Path zip(String configuration, float... parameters) {
    Path zip = folder.resolve("m.zip");
    Tree.Obj tree = Json.parse(configuration, "configuration.json").asObject().orElseThrow();
    WeightRef vector = WeightRef.of(Tensor.of(parameters, parameters.length));
    Dl4jZipWriter.write(
        zip, tree, DataType.FLOAT32, List.of(vector), List.of(), Map.of(), Method.STORED);
    return zip;
  }

  private static String chain(String... layers) {
    return "{\"confs\": ["
        + String.join(", ", List.of(layers).stream().map(l -> "{\"layer\": " + l + "}").toList())
        + "]}";
  }

  private static Tensor weight(LayerInstance layer, String name) {
    return Objects.requireNonNull(layer.weights().get(name)).load();
  }

  @Test
  void readsMatricesColumnByColumn() {
    try (Model model = Dl4jImporter.read(zip(chain(DENSE), 1, 2, 3, 4, 5, 6, 7, 8, 9))) {
      LayerInstance dense =
          model.layers().stream().filter(l -> l.layer() instanceof Dense).findFirst().orElseThrow();
      assertThat(dense.name()).isEqualTo("dense");
      Tensor kernel = weight(dense, "kernel");
      assertThat(kernel.sizes()).containsExactly(2, 3);
      // The first column is the first two numbers.
      assertThat(kernel.getDouble(0)).isEqualTo(1);
      assertThat(kernel.getDouble(1)).isEqualTo(3);
      assertThat(kernel.getDouble(3)).isEqualTo(2);
      assertThat(weight(dense, "bias").getDouble(0)).isEqualTo(7);
      assertThat(model.network().graph().inputValues().get(0).type().shape().toString())
          .isEqualTo("[batch, 2]");
    }
  }

  @Test
  void tellsWhichLayerRunsOver() {
    Path zip = zip(chain(DENSE), 1, 2, 3, 4, 5, 6, 7);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .isInstanceOf(ProblemsException.class)
        .hasMessage(
            zip
                + ", layer 'dense' (DenseLayer): must have 3 parameters from number 6 on, found 1"
                + " that are left of 7; configuration and coefficients.bin are not of the same"
                + " model");
  }

  @Test
  void tellsOfParametersThatNoLayerHas() {
    Path zip = zip(chain(DENSE), new float[12]);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("must have as many parameters as the layers, 9, found 12");
  }

  @Test
  void tellsOfEveryUnknownClassAtOnce() {
    String mine = DENSE.replace("org.deeplearning4j.nn.conf.layers.DenseLayer", "com.acme.Mine");
    String other = DENSE.replace("org.deeplearning4j.nn.conf.layers.DenseLayer", "com.acme.Other");
    Path zip = zip(chain(mine, other), 1);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("found com.acme.Mine")
        .hasMessageContaining("found com.acme.Other");
  }

  @Test
  void tellsOfVerticesThatAreNotThere() {
    Path zip =
        zip(
            """
            {"networkInputs": ["in"], "networkOutputs": ["out"], "vertexInputs": {"dense": ["im"]},
             "vertices": {"dense": {"@class": "org.deeplearning4j.nn.conf.graph.LayerVertex",
               "layerConf": {"layer": %s}}}}
            """
                .formatted(DENSE),
            new float[9]);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("vertexInputs.dense: must name an input or a vertex")
        .hasMessageContaining("found 'im'")
        .hasMessageContaining("found 'out'");
  }

  @Test
  void tellsOfCircles() {
    Path zip =
        zip(
            """
            {"networkInputs": ["in"], "networkOutputs": ["a"],
             "vertexInputs": {"a": ["in", "b"], "b": ["a"]},
             "vertices": {"a": {"@class": "org.deeplearning4j.nn.conf.graph.MergeVertex"},
               "b": {"@class": "org.deeplearning4j.nn.conf.graph.ScaleVertex"}}}
            """,
            1);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("must lead from the inputs to every vertex, without circles");
  }

  @Test
  void tellsOfLayersThatDoNotFit() {
    Path zip = zip(chain(DENSE, DENSE.replace("\"dense\"", "\"next\"")), new float[18]);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("layer 'next' (Dense), kernel: must have an input for which")
        .hasMessageContaining("DL4J cannot run it either");
  }

  @Test
  void tellsOfPropertiesThatAreMissing() {
    Path zip = zip(chain(DENSE.replace("\"nin\": 2, ", "\"nin\": -2, ")), new float[9]);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .hasMessageContaining("nin: must be a whole number from 0 on, found -2");
  }

  /** DL4J M2.1 moves its result by one place here, which no layer of Keras does. */
  @Test
  void tellsOfWindowsThatDoNotReachTheNext() {
    String layer =
        """
        {"@class": "org.deeplearning4j.nn.conf.layers.Deconvolution2D", "layerName": "up",
         "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationIdentity"},
         "kernelSize": [3, 1], "stride": [3, 3], "convolutionMode": "Same",
         "nin": 1, "nout": 1, "cnn2dDataFormat": "NCHW"}
        """;
    Path zip = zip(chain(layer), 1, 2, 3, 4);
    assertThatThrownBy(() -> Dl4jImporter.read(zip))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(
            "must have windows that are at most one element smaller than the strides in mode Same,"
                + " found size [3, 1], strides [3, 3]");
  }
}
