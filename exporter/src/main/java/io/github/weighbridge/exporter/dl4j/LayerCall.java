package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One call of a layer, as its writer sees it: what goes in and comes out, the weights, and the
 * network that is being built.
 *
 * @param instance the layer with its weights
 * @param name the call's name; that of the vertex that has its output
 * @param arguments what it is called with
 * @param tensors every tensor of those, the first argument's before the others
 * @param outputTypes what it returns, in Keras
 * @param layout that of the arrays that go in and come out
 */
record LayerCall(
    Model model,
    LayerInstance instance,
    String name,
    Arguments arguments,
    List<Edge> tensors,
    List<TensorType> outputTypes,
    ArrayLayout layout,
    Translation translation) {

  /** This call, written into another network. */
  LayerCall inside(Translation other) {
    return new LayerCall(model, instance, name, arguments, tensors, outputTypes, layout, other);
  }

  /** This call with its arrays in a layout. */
  LayerCall arranged(List<Edge> newTensors, ArrayLayout newLayout) {
    return new LayerCall(
        model, instance, name, arguments, newTensors, outputTypes, newLayout, translation);
  }

  /** This call of the same layer without its function. */
  LayerCall linear() {
    Tree.Obj change = Tree.object().with("activation", Tree.of(Activation.LINEAR.name()));
    Layer linear = LayerCatalog.with(instance.layer(), change).orElseThrow();
    return new LayerCall(
        model,
        instance.withLayer(linear),
        name,
        arguments,
        tensors,
        outputTypes,
        layout,
        translation);
  }

  /** This call on an array that was made of its first input; axes count as they stand there. */
  LayerCall behind(String vertex, Shape array) {
    Edge input = inputs().get(0);
    Edge made = new Edge(vertex, input.type().withShape(array), input.masked(), ArrayLayout.LAST);
    return arranged(List.of(made), ArrayLayout.LAST);
  }

  /** The first argument, flattened. */
  List<Edge> inputs() {
    return tensors.subList(0, Math.min(arguments.inputs().size(), tensors.size()));
  }

  /** The tensor that is an argument, by its name or its place. */
  Optional<Edge> tensor(String argument, int position) {
    return arguments
        .keyword(argument)
        .or(() -> arguments.positional().stream().skip(position).findFirst())
        .flatMap(own -> own.values().stream().findFirst())
        .map(value -> tensors.get(arguments.values().indexOf(value)));
  }

  /** The only input, or the first. */
  String input() {
    return inputs().get(0).vertex();
  }

  /** The shape of the first input's array, batch included. */
  Shape inputShape() {
    return inputs().get(0).shape();
  }

  /** The shape of the output's array, batch included. */
  Shape outputShape() {
    return layout.shape(outputTypes.get(0).shape());
  }

  /** Where the arrays have the channels that the layer has here. */
  DataFormat format(DataFormat keras) {
    return layout.format(keras);
  }

  /** The axis of the first input's array that the layer counts so. */
  int axis(int keras) {
    return layout.axis(keras, inputShape().rank());
  }

  /** DL4J's name for the order of axes in sequences. */
  String sequenceFormat() {
    return Window.format1d(format(DataFormat.CHANNELS_LAST));
  }

  /** A weight that has every axis of an input but the batch, in the order of the input's array. */
  WeightRef asArray(WeightRef weight) {
    int axes = weight.sizes().length;
    return layout.isTurned(axes + 1)
        ? weight.transposed(Arrays.stream(ArrayLayout.toTurned(axes)).map(i -> i - 1).toArray())
        : weight;
  }

  /** The names of all inputs. */
  List<String> inputNames() {
    return inputs().stream().map(Edge::vertex).toList();
  }

  NetworkBuilder network() {
    return translation.network();
  }

  LayerTemplates templates() {
    return translation.templates(instance);
  }

  /** Whether steps of training take a part of each weight away. */
  boolean decaysWeights() {
    return translation.decaysWeights(instance);
  }

  /** How many channels the input has, by the layer's own format. */
  long channels(DataFormat keras) {
    return inputShape().dim(format(keras).channelAxis(inputShape().rank())).size();
  }

  /** A weight that the layer has for certain. */
  WeightRef weight(String weightName) {
    return Objects.requireNonNull(
        instance.weights().get(weightName), () -> name + " has no weight " + weightName);
  }

  /** A layer with the call's name on the call's input. */
  String layer(Dl4jObject config, List<WeightRef> parameters) {
    return network().layer(name, config, parameters, input(), null);
  }

  /** A layer with the call's name on the call's input. */
  String layer(Dl4jObject config, WeightRef... parameters) {
    return layer(config, List.of(parameters));
  }

  /** Something that changes nothing at inference, under the call's name. */
  String identity() {
    return layer(LayerTemplates.activation(Activations.IDENTITY));
  }

  /** A change of shape, under the call's name. */
  String preProcessed(Tree.Obj preProcessor) {
    return network().preProcessor(name, preProcessor, input());
  }

  /** Where problems of this call stand. */
  Place place() {
    return translation.place(this);
  }

  private Problems problems() {
    return translation.problems();
  }

  /** Tells a problem unless a rule holds. */
  boolean require(boolean holds, String rule, Object found) {
    if (!holds) {
      problems()
          .error(
              ProblemCode.LAYER_UNSUPPORTED,
              place(),
              rule,
              String.valueOf(found),
              "convert to ONNX");
    }
    return holds;
  }

  /**
   * Tells that DL4J cannot hold this; returns the input as a stand-in, so that others are heard.
   */
  String refuse(String rule, Object found) {
    require(false, rule, found);
    return inputs().isEmpty() ? name : input();
  }

  /** Tells what DL4J does otherwise in training; predictions are the same. */
  void drops(String rule, Object found) {
    warnOfTraining(rule, found, "");
  }

  /** As {@link #drops}, with what to do. */
  void warnOfTraining(String rule, Object found, String advice) {
    problems().warning(ProblemCode.TARGET_DROPS, place(), rule, String.valueOf(found), advice);
  }

  /** Tells that some builds of ND4J cannot run this, although DL4J holds it. */
  void warnOfDilation(List<Integer> dilation) {
    if (dilation.stream().anyMatch(d -> d > 1)) {
      problems()
          .warning(
              ProblemCode.TARGET_LIMIT,
              place(),
              "is dilated, which DL4J computes on ND4J without oneDNN only",
              "dilation " + dilation,
              "use ND4J's plain classifier, or Nd4j.getEnvironment().allowHelpers(false)");
    }
  }

  /** DL4J's function for one of Keras; a problem and the identity if there is none. */
  Activations.Mapped activation(Activation activation) {
    Optional<Activations.Mapped> mapped = Activations.of(activation);
    if (mapped.filter(own -> !own.isPlain()).isPresent() && !instance.weights().isEmpty()) {
      translation.tellRescaled(this);
    }
    return mapped.orElseGet(
        () -> {
          require(
              false,
              "must have an activation of which DL4J has exactly the values",
              activation.name()
                  + (activation.parameters().isEmpty() ? "" : activation.parameters()));
          return new Activations.Mapped(Activations.IDENTITY, 1);
        });
  }

  /** Weights whose sum goes into an activation, scaled as that needs. */
  static List<WeightRef> scaled(Activations.Mapped activation, List<WeightRef> weights) {
    if (activation.isPlain()) {
      return weights;
    }
    List<WeightRef> scaled = new ArrayList<>();
    for (WeightRef weight : weights) {
      scaled.add(scaled(weight, activation.inputScale()));
    }
    return scaled;
  }

  /** A weight times a number. */
  static WeightRef scaled(WeightRef weight, double scale) {
    return scale == 1
        ? weight
        : WeightRef.mapped(weight.dtype(), x -> x[0] * scale, List.of(weight));
  }
}
