package io.github.weighbridge.conformance.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A zip as DL4J restores it. */
interface RestoredNetwork {

  /** What is written of inputs beside DL4J's own properties. */
  String INPUTS = "weighbridgeInputs";

  /** What is written of outputs. */
  String OUTPUTS = "weighbridgeOutputs";

  /** What the network gives for these inputs. */
  List<Tensor> output(List<Tensor> inputs);

  /** Restores a zip of either kind; its arrays are taken and given as Keras has them. */
  static RestoredNetwork restore(Path zip) throws IOException {
    Tree.Obj configuration = configuration(zip);
    RestoredNetwork network =
        of(
            configuration.has("confs")
                ? ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), false)
                : ModelSerializer.restoreComputationGraph(zip.toFile(), false));
    List<Boolean> turnedInputs = turned(configuration, INPUTS);
    List<Boolean> turnedOutputs = turned(configuration, OUTPUTS);
    return inputs -> {
      List<Tensor> given = eachTurned(inputs, turnedInputs, RestoredNetwork::channelsFirst);
      return eachTurned(network.output(given), turnedOutputs, RestoredNetwork::channelsLast);
    };
  }

  /** Which of a zip's inputs or outputs have the channels first that Keras has last. */
  static List<Boolean> turned(Tree.Obj configuration, String key) {
    return configuration.items(key).stream()
        .map(own -> own.asObject().flatMap(o -> o.get("channelsFirst")))
        .map(flag -> flag.flatMap(Tree::asBoolean).orElse(false))
        .toList();
  }

  private static List<Tensor> eachTurned(
      List<Tensor> tensors, List<Boolean> turned, UnaryOperator<INDArray> turn) {
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      boolean turns = i < turned.size() && turned.get(i);
      result.add(turns ? tensor(turn.apply(array(tensors.get(i)))) : tensors.get(i));
    }
    return result;
  }

  private static INDArray channelsFirst(INDArray array) {
    int[] order = IntStream.range(0, array.rank()).map(i -> i < 2 ? 0 : i - 1).toArray();
    order[1] = array.rank() - 1;
    return array.permute(order);
  }

  private static INDArray channelsLast(INDArray array) {
    int[] order = IntStream.range(0, array.rank()).map(i -> i < 1 ? 0 : i + 1).toArray();
    order[array.rank() - 1] = 1;
    return array.permute(order);
  }

  /**
   * Restores a zip of either kind with its updater, makes one step, and saves it again; arrays are
   * as Keras has them.
   */
  static void fit(Path zip, List<Tensor> inputs, List<Tensor> labels, Path next)
      throws IOException {
    Tree.Obj configuration = configuration(zip);
    INDArray[] x =
        arrays(eachTurned(inputs, turned(configuration, INPUTS), RestoredNetwork::channelsFirst));
    INDArray[] y =
        eachTurned(labels, turned(configuration, OUTPUTS), RestoredNetwork::channelsFirst).stream()
            .map(RestoredNetwork::labels)
            .toArray(INDArray[]::new);
    if (configuration.has("confs")) {
      MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), true);
      network.fit(x[0], y[0]);
      ModelSerializer.writeModel(network, next.toFile(), true);
    } else {
      ComputationGraph network = ModelSerializer.restoreComputationGraph(zip.toFile(), true);
      network.fit(x, y);
      ModelSerializer.writeModel(network, next.toFile(), true);
    }
  }

  /** Every parameter of a network of either kind, in DL4J's order. */
  static float[] parameters(Path zip) throws IOException {
    Model network =
        configuration(zip).has("confs")
            ? ModelSerializer.restoreMultiLayerNetwork(zip.toFile(), false)
            : ModelSerializer.restoreComputationGraph(zip.toFile(), false);
    return network.params().dup('c').data().asFloat();
  }

  /**
   * The gradient of every parameter of a ComputationGraph, where the gradient of what it gives for
   * these inputs is this; all as Keras has them.
   */
  static float[] gradient(Path zip, List<Tensor> inputs, List<Tensor> errors) throws IOException {
    Tree.Obj configuration = configuration(zip);
    ComputationGraph network = ModelSerializer.restoreComputationGraph(zip.toFile(), false);
    network.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
    List<Tensor> given =
        eachTurned(inputs, turned(configuration, INPUTS), RestoredNetwork::channelsFirst);
    network.feedForward(arrays(given), true, false);
    List<Tensor> own =
        eachTurned(errors, turned(configuration, OUTPUTS), RestoredNetwork::channelsFirst);
    return network.backpropGradient(arrays(own)).gradient().dup('c').data().asFloat();
  }

  private static INDArray[] arrays(List<Tensor> tensors) {
    return tensors.stream().map(RestoredNetwork::array).toArray(INDArray[]::new);
  }

  /** A network of either kind. */
  static RestoredNetwork of(Model model) {
    if (model instanceof MultiLayerNetwork network) {
      return inputs -> List.of(tensor(network.output(array(inputs.get(0)))));
    }
    ComputationGraph network = (ComputationGraph) model;
    return inputs ->
        Arrays.stream(network.output(arrays(inputs))).map(RestoredNetwork::tensor).toList();
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
