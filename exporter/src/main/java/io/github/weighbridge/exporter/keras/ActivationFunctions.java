package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.DepthwiseConvolution;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.KerasOperation;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.layer.SeparableConvolution;
import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.model.LayerInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Activations of Keras 3 that tf.keras has not, as functions of TensorFlow: those that Keras 3
 * itself computes them by.
 */
final class ActivationFunctions {

  /** Layers whose activation is the last that they do. */
  private static final Set<Class<? extends Layer>> LAST =
      Set.of(
          ActivationLayer.class,
          Convolution.class,
          Dense.class,
          DepthwiseConvolution.class,
          EinsumDense.class,
          SeparableConvolution.class,
          TransposedConvolution.class);

  /** Functions of {@code keras.ops} that TensorFlow has not as such, as activations. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("Celu", "celu"),
          Map.entry("Glu", "glu"),
          Map.entry("HardShrink", "hard_shrink"),
          Map.entry("HardSigmoid", "hard_sigmoid"),
          Map.entry("HardSilu", "hard_silu"),
          Map.entry("HardTanh", "hard_tanh"),
          Map.entry("Silu", "silu"),
          Map.entry("SoftShrink", "soft_shrink"),
          Map.entry("SparsePlus", "sparse_plus"),
          Map.entry("SparseSigmoid", "sparse_sigmoid"),
          Map.entry("Sparsemax", "sparsemax"),
          Map.entry("Squareplus", "squareplus"),
          Map.entry("TanhShrink", "tanh_shrink"));

  /** Activations that tf.keras has no name for. */
  private static final Set<String> COMPOSED =
      Set.of(
          "celu",
          "glu",
          "hard_shrink",
          "hard_sigmoid",
          "hard_silu",
          "hard_tanh",
          "log_sigmoid",
          "log_softmax",
          "soft_shrink",
          "sparse_plus",
          "sparse_sigmoid",
          "sparsemax",
          "squareplus",
          "tanh_shrink");

  private static final String ACTIVATION = "activation";

  private static final Tree.Obj NONE = Tree.object();

  private final Compositions compositions;

  ActivationFunctions(Compositions compositions) {
    this.compositions = compositions;
  }

  /** The network for a layer or a function that is one of them, where no mask passes. */
  Optional<LayerInstance> composed(LayerInstance instance) {
    return activation(instance.layer())
        .filter(activation -> instance.dtype().quantization() == null)
        .flatMap(
            activation ->
                compositions
                    .unmasked(instance)
                    .filter(ActivationFunctions::isFloating)
                    .filter(network -> hasKnownAxis(activation, network.input()))
                    .map(network -> composed(instance, activation, network)));
  }

  /** Functions take what they get: an input must be of the type that the layer computes in. */
  private static boolean isFloating(Composition network) {
    Layer layer = network.layer().layer();
    return layer instanceof KerasOperation
        ? network.input().type().dtype().isFloating()
        : !(layer instanceof ActivationLayer)
            || network.input().type().dtype() == network.layer().dtype().compute();
  }

  /** Sparsemax counts along its axis, which must be the last one and of known size. */
  private static boolean hasKnownAxis(Activation activation, Value x) {
    int last = x.type().rank() - 1;
    return !activation.name().equals("sparsemax")
        || (axis(activation, x) == last && x.type().shape().dim(last).isFixed());
  }

  private static int axis(Activation activation, Value x) {
    int axis = (int) activation.parameter("axis", -1);
    return axis < 0 ? axis + x.type().rank() : axis;
  }

  private static Optional<Activation> activation(Layer layer) {
    if (layer instanceof KerasOperation operation) {
      Map<String, Double> parameters = new LinkedHashMap<>();
      operation
          .arguments()
          .members()
          .forEach((key, value) -> value.asDouble().ifPresent(n -> parameters.put(key, n)));
      return Optional.ofNullable(FUNCTIONS.get(operation.function().name()))
          .map(name -> new Activation(name, parameters));
    }
    if (!LAST.contains(layer.getClass())) {
      return Optional.empty();
    }
    Tree.Obj config = LayerCatalog.binder().write((Record) layer);
    // Such a regularizer counts what the function returns.
    boolean regularized = !config.get("activity_regularizer").orElse(Tree.none()).isNull();
    return config
        .get(ACTIVATION)
        .map(Activation.CONFIG_TYPE.reader())
        .filter(activation -> COMPOSED.contains(activation.name()) && !isOld(activation))
        .filter(activation -> !regularized);
  }

  /** Whether it is a hard_sigmoid of other numbers, which tf.keras has itself. */
  private static boolean isOld(Activation activation) {
    return activation.name().equals("hard_sigmoid") && !activation.parameters().isEmpty();
  }

  private static LayerInstance composed(
      LayerInstance instance, Activation activation, Composition network) {
    Value x = network.input();
    if (!(instance.layer() instanceof KerasOperation)
        && !(instance.layer() instanceof ActivationLayer)) {
      Layer linear =
          LayerCatalog.with(instance.layer(), NONE.with(ACTIVATION, Tree.of("linear")))
              .orElseThrow();
      x = network.named(linear, instance.weights(), x).get(0);
    }
    return network.returning(applied(activation, x, network));
  }

  private static Value applied(Activation activation, Value x, Composition network) {
    return switch (activation.name()) {
      case "celu" -> celu(x, activation.parameter("alpha", 1), network);
      case "glu" -> glu(x, axis(activation, x), network);
      case "hard_shrink" -> hardShrink(x, activation.parameter("threshold", 0.5), network);
      case "hard_sigmoid" -> hardSigmoid(x, network);
      case "hard_silu" -> network.function("Multiply", NONE, x, hardSigmoid(x, network));
      case "hard_tanh" -> limited(x, -1, 1, network);
      case "log_sigmoid" -> network.function("LogSigmoid", NONE, x);
      case "log_softmax" -> network.function("LogSoftmax", NONE, x);
      case "silu" -> network.function("tf.nn.silu", NONE, x);
      case "soft_shrink" -> softShrink(x, activation.parameter("threshold", 0.5), network);
      case "sparse_plus" -> sparsePlus(x, network);
      case "sparse_sigmoid" -> limited(halfOfNext(x, network), 0, 1, network);
      case "sparsemax" -> sparsemax(x, network);
      case "squareplus" -> squareplus(x, activation.parameter("b", 4), network);
      case "tanh_shrink" ->
          network.function("Subtract", NONE, x, network.function("Tanh", NONE, x));
      default -> throw new IllegalStateException(activation.name());
    };
  }

  private static Value limited(Value x, double least, double most, Composition network) {
    Value above = network.function("Maximum", NONE, x, least);
    return network.function("Minimum", NONE, above, most);
  }

  private static Value celu(Value x, double alpha, Composition network) {
    Value below = network.function("Minimum", NONE, x, 0.0);
    Value power = network.function("Expm1", NONE, network.function("Divide", NONE, below, alpha));
    Value above = network.function("Maximum", NONE, x, 0.0);
    return network.function("Add", NONE, above, network.function("Multiply", NONE, power, alpha));
  }

  private static Value glu(Value x, int axis, Composition network) {
    Tree.Obj halves = NONE.with("num_or_size_splits", Tree.of(2)).with("axis", Tree.of(axis));
    List<Value> parts = network.functions("tf.split", halves, x);
    Value gate = network.function("Sigmoid", NONE, parts.get(1));
    return network.function("Multiply", NONE, parts.get(0), gate);
  }

  private static Value hardShrink(Value x, double threshold, Composition network) {
    Value far = network.function("Greater", NONE, network.function("Abs", NONE, x), threshold);
    return network.function("Where", NONE, far, x, network.function("ZerosLike", NONE, x));
  }

  private static Value hardSigmoid(Value x, Composition network) {
    Value above = network.function("Relu6", NONE, network.function("Add", NONE, x, 3.0));
    return network.function("Divide", NONE, above, 6.0);
  }

  private static Value softShrink(Value x, double threshold, Composition network) {
    Value above =
        network.function("Maximum", NONE, network.function("Subtract", NONE, x, threshold), 0.0);
    Value below =
        network.function("Minimum", NONE, network.function("Add", NONE, x, threshold), 0.0);
    return network.function("Add", NONE, above, below);
  }

  private static Value sparsePlus(Value x, Composition network) {
    Value half = network.function("Maximum", NONE, halfOfNext(x, network), 0.0);
    Value square = network.function("Square", NONE, half);
    Value far = network.function("GreaterEqual", NONE, x, 1.0);
    return network.function("Where", NONE, far, x, square);
  }

  /** {@code (x + 1) / 2}. */
  private static Value halfOfNext(Value x, Composition network) {
    return network.function("Multiply", NONE, network.function("Add", NONE, x, 1.0), 0.5);
  }

  /** As Keras 3.15 computes it, which is not the sparsemax of its paper. */
  private static Value sparsemax(Value x, Composition network) {
    int last = x.type().rank() - 1;
    Tree.Obj along = NONE.with("axis", Tree.of(last));
    List<Double> counts =
        LongStream.rangeClosed(1, x.type().shape().dim(last).size())
            .mapToObj(n -> (double) n)
            .toList();
    Tree.Obj descending = along.with("direction", Tree.of("DESCENDING"));
    Value sorted = network.function("tf.sort", descending, x);
    Value sums = network.function("Cumsum", along, sorted);
    Value above = network.function("Subtract", NONE, sums, 1.0);
    Value means = network.function("Divide", NONE, above, counts);
    Value support =
        network.function("Greater", NONE, network.function("Subtract", NONE, sorted, means), 0.0);
    Value inside =
        network.function("Where", NONE, support, sums, network.function("ZerosLike", NONE, sums));
    Tree.Obj kept = along.with("keepdims", Tree.of(true));
    Tree.Obj type = NONE.with("dtype", Tree.of(x.type().dtype().kerasName()));
    Value size = network.function("Sum", kept, network.function("Cast", type, support));
    Value rest = network.function("Subtract", NONE, network.function("Sum", kept, inside), 1.0);
    Value limit = network.function("Divide", NONE, rest, size);
    Value apart = network.function("Subtract", NONE, x, limit);
    return network.function("Maximum", NONE, apart, 0.0);
  }

  private static Value squareplus(Value x, double b, Composition network) {
    Value sum = network.function("Add", NONE, network.function("Square", NONE, x), b);
    Value both = network.function("Add", NONE, x, network.function("Sqrt", NONE, sum));
    return network.function("Multiply", NONE, both, 0.5);
  }
}
