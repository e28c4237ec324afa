package io.github.weighbridge.conformance.dl4j;

import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that DL4J builds, and the sizes of what it is given. */
final class NetworkRow {

  private final String name;
  private final Supplier<Model> network;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Random random;

  private NetworkRow(String name, Supplier<Model> network) {
    this.name = name;
    this.network = network;
    this.random = new Random(name.hashCode());
  }

  /** A MultiLayerNetwork. */
  static NetworkRow chain(String name, InputType input, Layer... layers) {
    return new NetworkRow(
        name,
        () -> {
          NeuralNetConfiguration.ListBuilder builder = new NeuralNetConfiguration.Builder().list();
          for (Layer layer : layers) {
            builder.layer(layer);
          }
          return new MultiLayerNetwork(
              builder.setInputType(input).validateOutputLayerConfig(false).build());
        });
  }

  /** A ComputationGraph. */
  static NetworkRow graph(String name, Consumer<ComputationGraphConfiguration.GraphBuilder> parts) {
    return new NetworkRow(
        name,
        () -> {
          ComputationGraphConfiguration.GraphBuilder builder =
              new NeuralNetConfiguration.Builder().graphBuilder();
          parts.accept(builder);
          return new ComputationGraph(builder.validateOutputLayerConfig(false).build());
        });
  }

  /** Adds an input of numbers around zero. */
  NetworkRow on(long... sizes) {
    double[] numbers = random.doubles(Shape.elementCount(sizes), -2, 2).toArray();
    inputs.add(tensor(numbers, sizes));
    return this;
  }

  /** Adds an input of whole numbers below a limit. */
  NetworkRow onIndices(int limit, long... sizes) {
    double[] numbers = random.ints(Shape.elementCount(sizes), 0, limit).asDoubleStream().toArray();
    inputs.add(tensor(numbers, sizes));
    return this;
  }

  /** Adds an input of four sequences with three features, some of whose steps hold one number. */
  NetworkRow onSteps(RNNFormat format, double number) {
    boolean first = format == RNNFormat.NCW;
    List<Set<Integer>> steps = List.of(Set.of(0, 1), Set.of(2, 3), Set.of(5, 6), Set.of(0, 3, 6));
    double[] numbers = random.doubles(4 * 3 * 7, -2, 2).toArray();
    for (int i = 0; i < numbers.length; i++) {
      int step = first ? i % 7 : i / 3 % 7;
      if (steps.get(i / 21).contains(step)) {
        numbers[i] = number;
      }
    }
    inputs.add(first ? tensor(numbers, 4, 3, 7) : tensor(numbers, 4, 7, 3));
    return this;
  }

  private static Tensor tensor(double[] numbers, long... sizes) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return Tensor.of(floats, sizes);
  }

  List<Tensor> inputs() {
    return List.copyOf(inputs);
  }

  /** The network with random parameters, variances positive. */
  Model randomized() {
    Model built = network.get();
    built.init();
    for (Map.Entry<String, INDArray> entry : built.paramTable().entrySet()) {
      INDArray parameter = entry.getValue();
      boolean variance = entry.getKey().endsWith("_var");
      double[] numbers =
          random.doubles(parameter.length(), variance ? 0.5 : -0.5, variance ? 2 : 0.5).toArray();
      parameter.assign(Nd4j.create(numbers, parameter.shape(), 'c').castTo(parameter.dataType()));
    }
    return built;
  }

  @Override
  public String toString() {
    return name;
  }
}
