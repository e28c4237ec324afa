package io.github.weighbridge.conformance.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A zip as DL4J restores it. */
interface RestoredNetwork {

  /** What the network gives for these inputs. */
  List<Tensor> output(List<Tensor> inputs);

  /** Restores a zip of either kind. */
  static RestoredNetwork restore(Path zip) throws IOException {
    return of(
        configuration(zip).has("confs")
            ? ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), false)
            : ModelSerializer.restoreComputationGraph(zip.toFile(), false));
  }

  /** Restores a zip of either kind with its updater, makes one step, and saves it again. */
  static void fit(Path zip, List<Tensor> inputs, List<Tensor> labels, Path next)
      throws IOException {
    INDArray[] x = inputs.stream().map(RestoredNetwork::array).toArray(INDArray[]::new);
    INDArray[] y = labels.stream().map(RestoredNetwork::labels).toArray(INDArray[]::new);
    if (configuration(zip).has("confs")) {
      MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), true);
      network.fit(x[0], y[0]);
      ModelSerializer.writeModel(network, next.toFile(), true);
    } else {
      ComputationGraph network = ModelSerializer.restoreComputationGraph(zip.toFile(), true);
      network.fit(x, y);
      ModelSerializer.writeModel(network, next.toFile(), true);
    }
  }

  /** A network of either kind. */
  static RestoredNetwork of(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      return inputs -> List.of(tensor(network.output(array(inputs.get(0)))));
    }
    ComputationGraph network = (ComputationGraph) model;
    return inputs -> {
      INDArray[] arrays = inputs.stream().map(RestoredNetwork::array).toArray(INDArray[]::new);
      return Arrays.stream(network.output(arrays)).map(RestoredNetwork::tensor).toList();
    };
  }

  /** The configuration in a zip. */
  static Tree.Obj configuration(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      byte[] text = file.getInputStream(file.getEntry("configuration.json")).readAllBytes();
      return Json.parse(new String(text, StandardCharsets.UTF_8), "configuration.json")
          .asObject()
          .orElseThrow();
    }
  }

  /** Labels as DL4J takes them: classes as a column, steps last, whatever the network's format. */
  private static INDArray labels(Tensor tensor) {
    INDArray labels = array(tensor);
    return switch (labels.rank()) {
      case 1 -> labels.reshape(labels.length(), 1);

      default -> labels;
    };
  }

  private static INDArray array(Tensor tensor) {
    return Nd4j.create(tensor.floats(), tensor.sizes(), 'c');
  }

  private static Tensor tensor(INDArray array) {
    INDArray dense = array.castTo(DataType.FLOAT).dup('c');
    return Tensor.of(dense.data().asFloat(), array.shape());
  }
}
