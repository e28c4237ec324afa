package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Argument;
import io.github.weighbridge.core.graph.Arguments;
import io.github.weighbridge.core.graph.LayerId;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Axes;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.SoftmaxLayer;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.lowering.KerasFunctions;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A layer or vertex that is being read: its configuration, what comes in, and where what it becomes
 * is added to.
 *
 * @param name of the vertex; layers that it becomes are named after it
 * @param config its configuration
 * @param inputs what it is called with
 * @param trainable whether its parameters are trained
 * @param calls the model in the making
 * @param parameters what its own are taken from
 * @param constraints what these are held to
 */
record VertexReading(
    String name,
    ConfigObject config,
    List<Signal> inputs,
    boolean trainable,
    ModelCalls calls,
    Parameters parameters,
    Constraints constraints) {

  /** Copies the inputs. */
  VertexReading {
    inputs = List.copyOf(inputs);
  }

  /** This reading with other inputs. */
  VertexReading withInputs(List<Signal> others) {
    return new VertexReading(name, config, others, trainable, calls, parameters, constraints);
  }

  /** This reading of the layer within, under the same name. */
  VertexReading within(ConfigObject inner) {
    return new VertexReading(name, inner, inputs, trainable, calls, parameters, constraints);
  }

  /**
   * This reading of a layer that is not trained.
   *
   * @param isSeen whether an updater keeps something for its parameters all the same
   */
  VertexReading frozen(boolean isSeen) {
    Parameters own = isSeen ? parameters : parameters.unchanged();
    return new VertexReading(name, config, inputs, false, calls, own, constraints);
  }

  /** What the layer says of its weights beside their values. */
  WeightTerms terms() {
    return new WeightTerms(config, constraints);
  }

  /** The first input. */
  Signal input() {
    return inputs.get(0);
  }

  /** The first input, as DL4J's array has it. */
  Value array() {
    return array(input());
  }

  /** A signal as DL4J's array has it. */
  Value array(Signal signal) {
    return switch (signal.view()) {
      case SAME -> signal.value();
      case FEATURES_FIRST -> turned(signal.value());
      case FLAT_STEPS -> joined(signal.value());
    };
  }

  /** Batch and steps in one axis as DL4J has them: every sample's first step, then every second. */
  private Value joined(Value steps) {
    Shape shape = steps.type().shape();
    List<Integer> order = new ArrayList<>(List.of(1, 0));
    List<Long> sizes = new ArrayList<>(List.of(-1L));
    for (int i = 2; i < shape.rank(); i++) {
      if (!shape.dim(i).isFixed()) {
        throw refusal("must have steps of known size", shape.toString());
      }
      order.add(i);
      sizes.add(shape.dim(i).size());
    }
    Value turned = function("Transpose", Tree.object().with("axes", Tree.of(order)), steps);
    return function("Reshape", Tree.object().with("newshape", Tree.of(sizes)), turned);
  }

  /** The first input as {@code [batch, steps, features]}, whatever order DL4J has here. */
  Value sequence(DataFormat format) {
    Signal signal = input();
    requireRank(signal, 3);
    boolean last = signal.view() == Signal.View.FEATURES_FIRST;
    return last == (format == DataFormat.CHANNELS_FIRST) ? signal.value() : turned(signal.value());
  }

  /** As {@link #sequence(DataFormat)}; of the sequences of each step, where steps are flat. */
  Signal steps(DataFormat format) {
    boolean inner = input().view() == Signal.View.FLAT_STEPS;
    return inner && format == DataFormat.CHANNELS_LAST ? input() : Signal.same(sequence(format));
  }

  /** What was made of {@link #steps}, as DL4J has it. */
  Signal stepsAgain(Signal result, DataFormat format) {
    return result.view() == Signal.View.FLAT_STEPS ? result : sequence(result.value(), format);
  }

  /** A {@code [batch, steps, features]}, which DL4J has in an order of its own. */
  static Signal sequence(Value value, DataFormat format) {
    boolean first = value.type().rank() == 3 && format == DataFormat.CHANNELS_FIRST;
    return new Signal(value, first ? Signal.View.FEATURES_FIRST : Signal.View.SAME);
  }

  /** Refuses an input of another rank. */
  void requireRank(Signal signal, int rank) {
    if (signal.rank() != rank) {
      throw refusal("must have an input of rank " + rank, signal.value().type().shape().toString());
    }
  }

  /** A value with its last axis behind the batch. */
  private Value turned(Value value) {
    int axes = value.type().rank() - 1;
    List<Integer> order =
        IntStream.rangeClosed(1, axes).map(i -> i == 1 ? axes : i - 1).boxed().toList();
    return call("_turned", new Permute(order), value);
  }

  /** The first input's array with the axis behind the batch last. */
  Value turnedBack() {
    if (input().view() == Signal.View.FEATURES_FIRST) {
      return input().value();
    }
    Value array = array();
    int axes = array.type().rank() - 1;
    List<Integer> order =
        IntStream.rangeClosed(1, axes).map(i -> i == axes ? 1 : i + 1).boxed().toList();
    return call("_turned", new Permute(order), array);
  }

  /** Adds a layer without weights. */
  Value call(String suffix, Layer layer, Value... values) {
    return call(suffix, layer, Map.of(), values);
  }

  /** Adds a layer; with an empty suffix it has the name of the vertex. */
  Value call(String suffix, Layer layer, Map<String, WeightRef> weights, Value... values) {
    return call(suffix, layer, weights, Map.of(), values);
  }

  /** Adds a layer around others. */
  Value call(
      String suffix,
      Layer layer,
      Map<String, WeightRef> weights,
      Map<String, LayerId> children,
      Value... values) {
    LayerId added = calls.add(name + suffix, layer, weights, children, trainable);
    return call(added, Arguments.of(List.of(values)));
  }

  /** Adds a layer that is called several times. */
  LayerId add(String suffix, Layer layer, Map<String, WeightRef> weights) {
    return calls.add(name + suffix, layer, weights, Map.of(), trainable);
  }

  /** Calls a layer of one output that was added. */
  Value call(LayerId layer, Arguments arguments) {
    return calls.call(layer, arguments).get(0);
  }

  /** Adds a function of values and literals; it is named after what it is. */
  Value function(String function, Tree.Obj options, Object... operands) {
    List<Argument> arguments =
        Stream.of(operands)
            .<Argument>map(
                operand ->
                    operand instanceof Value value
                        ? new Argument.Of(value)
                        : new Argument.Literal(Tree.of(operand)))
            .toList();
    return function(function, options, new Arguments(arguments, Map.of()));
  }

  /** Adds a function of a list of values. */
  Value functionOfAll(String function, Tree.Obj options, List<Value> values) {
    return function(function, options, Arguments.of(values));
  }

  private Value function(String function, Tree.Obj options, Arguments arguments) {
    KerasOperation operation =
        new KerasOperation(KerasFunctions.named(function).orElseThrow(), options, Tree.object());
    String own = name + "_" + function.toLowerCase(Locale.ROOT);
    return call(calls.add(own, operation, Map.of(), Map.of(), trainable), arguments);
  }

  /** A layer on the first input as DL4J's array has it, with the name of the vertex. */
  Signal onArray(Layer layer, Map<String, WeightRef> weights) {
    return on("", input(), layer, weights);
  }

  /** A layer on a signal as DL4J's array has it; on every step where batch and steps are one. */
  Signal on(String suffix, Signal signal, Layer layer, Map<String, WeightRef> weights) {
    if (signal.view() != Signal.View.FLAT_STEPS) {
      return Signal.same(call(suffix, layer, weights, array(signal)));
    }
    LayerId inner = calls.inner(name + suffix + "_step", layer, weights, Map.of(), trainable);
    Map<String, LayerId> children = Map.of(TimeDistributed.INNER, inner);
    Layer outer = new TimeDistributed(false);
    return new Signal(
        call(suffix, outer, Map.of(), children, signal.value()), Signal.View.FLAT_STEPS);
  }

  /** A layer along the last axis of DL4J's array, or of every step where these are flat. */
  Signal onFeatures(Layer layer, Map<String, WeightRef> weights) {
    boolean flat = input().view() == Signal.View.FLAT_STEPS;
    Value features = flat ? input().value() : array();
    return new Signal(
        call("", layer, weights, features), flat ? Signal.View.FLAT_STEPS : Signal.View.SAME);
  }

  /** The property {@code activationFn}. */
  Activation activation() {
    Activation activation = Activations.read(config.object("activationFn"));
    boolean skipped =
        config.flag(Dl4jDialect.SOFTMAX_OF_MATRICES, false)
            && activation.name().equals("softmax")
            && arrayRank() > 2;
    return skipped ? Activation.LINEAR : activation;
  }

  /** The rank of the first input, as DL4J's array has it. */
  int arrayRank() {
    return input().view() == Signal.View.FLAT_STEPS ? input().rank() - 1 : input().rank();
  }

  /** The function of a layer, for element after element, along DL4J's last axis for softmax. */
  Signal activated(Signal signal, Activation activation) {
    return activation.equals(Activation.LINEAR)
        ? signal
        : applied("_activation", signal, activation);
  }

  /** A function as a layer of its own. */
  Signal applied(String suffix, Signal signal, Activation activation) {
    boolean softmax = activation.name().equals("softmax");
    Layer layer =
        softmax && signal.view() == Signal.View.FEATURES_FIRST
            ? new SoftmaxLayer(new Axes(List.of(signal.rank() - 2), false), true)
            : new ActivationLayer(activation);
    return new Signal(call(suffix, layer, signal.value()), signal.view());
  }

  /** A property that says where DL4J's channels are. */
  DataFormat format(String key, String absent) {
    String format = config.text(key, absent);
    return switch (format) {
      case "NCHW", "NCW", "NCDHW" -> DataFormat.CHANNELS_FIRST;
      case "NHWC", "NWC", "NDHWC" -> DataFormat.CHANNELS_LAST;
      default -> throw config.invalid(key, "must be a data format of DL4J");
    };
  }

  /** The next parameters, row-major. */
  WeightRef take(long... sizes) {
    return parameters.take(config.place(), sizes);
  }

  /** The next parameters, which are statistics that no gradient changes. */
  WeightRef takeStatistic(long... sizes) {
    return parameters.takeStatistic(config.place(), sizes);
  }

  /** The next parameters, a matrix that stands column-major. */
  WeightRef takeMatrix(long rows, long columns) {
    return parameters.takeMatrix(config.place(), rows, columns);
  }

  /** The weights of a layer that may have a bias, in the order in which Keras makes them. */
  static Map<String, WeightRef> kernelAndBias(WeightRef kernel, @Nullable WeightRef bias) {
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    weights.put("kernel", kernel);
    if (bias != null) {
      weights.put("bias", bias);
    }
    return weights;
  }

  /** The shape of the first input, as the model has it. */
  Shape shape() {
    return input().value().type().shape();
  }

  /** That the vertex cannot be read. */
  ProblemsException refusal(String rule, String found) {
    return ProblemsException.of(ProblemCode.LAYER_UNSUPPORTED, config.place(), rule, found, "");
  }
}
