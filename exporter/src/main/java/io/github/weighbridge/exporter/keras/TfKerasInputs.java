package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.graph.Call;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.ActivationLayer;
import io.github.weighbridge.core.layer.CategoryEncoding;
import io.github.weighbridge.core.layer.CategoryOutput;
import io.github.weighbridge.core.layer.Concatenate;
import io.github.weighbridge.core.layer.Discretization;
import io.github.weighbridge.core.layer.EinsumDense;
import io.github.weighbridge.core.layer.GlobalPooling;
import io.github.weighbridge.core.layer.GroupNormalization;
import io.github.weighbridge.core.layer.Hashing;
import io.github.weighbridge.core.layer.IndexLookup;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.LayerNormalization;
import io.github.weighbridge.core.layer.Masking;
import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.layer.MultiHeadAttention;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * What tf.keras 2.15 raises an error at, or rounds, though its layers have the options: whole
 * numbers where it computes without bringing them to a floating-point type, operands of several
 * types, categories of inputs of many axes. Keras 3 takes them all.
 */
final class TfKerasInputs {

  /** The most axes that categories, but for their numbers, can be told in. */
  private static final int MAX_CATEGORY_RANK = 2;

  private TfKerasInputs() {}

  /** Tells the calls of a model that tf.keras does not compute. */
  static void check(Model model, Problems problems) {
    for (Network network : model.networks()) {
      for (Call call : network.graph().calls()) {
        LayerInstance instance = model.layer(call.layer());
        List<TensorType> inputs = types(call.arguments().inputs());
        List<TensorType> outputs = types(call.outputs());
        if (!inputs.isEmpty() && !outputs.isEmpty()) {
          rule(instance, inputs, outputs.get(0))
              .ifPresent(
                  rule ->
                      problems.error(
                          ProblemCode.LAYER_UNSUPPORTED,
                          Place.file(model.provenance().file())
                              .withLayer(instance.name(), instance.className()),
                          rule + ", in tf.keras 2",
                          inputs.toString(),
                          "cast its input in the model, or choose another target"));
        }
      }
    }
  }

  private static List<TensorType> types(List<Value> values) {
    return values.stream().flatMap(value -> value.knownType().stream()).toList();
  }

  private static Optional<String> rule(
      LayerInstance instance, List<TensorType> inputs, TensorType output) {
    Layer layer = instance.layer();
    DataType first = inputs.get(0).dtype();
    if (layer instanceof Merge || layer instanceof Concatenate) {
      // Floating-point inputs are brought to the layer's own type.
      long types =
          inputs.stream()
              .map(TensorType::dtype)
              .map(type -> type.isFloating() ? instance.dtype().compute() : type)
              .distinct()
              .count();
      return types > 1 ? Optional.of("must have inputs of one type") : Optional.empty();
    }
    if (computesInFloatingPoint(layer) && !first.isFloating()) {
      return Optional.of("must have an input of floating-point numbers");
    }
    if (layer instanceof Hashing && first.isFloating()) {
      return Optional.of("must have an input of whole numbers or texts");
    }
    return isCategorical(layer) && output.rank() > MAX_CATEGORY_RANK
        ? Optional.of("must give two axes at most, if not the numbers of categories")
        : Optional.empty();
  }

  private static boolean computesInFloatingPoint(Layer layer) {
    return layer instanceof EinsumDense
        || layer instanceof MultiHeadAttention
        || layer instanceof GroupNormalization
        || layer instanceof LayerNormalization
        || layer instanceof Masking
        || (layer instanceof GlobalPooling pooling && pooling.kind() == PoolingKind.AVERAGE)
        || (layer instanceof ActivationLayer own
            && !List.of("linear", "relu").contains(own.activation().name()));
  }

  /** Whether a layer tells categories otherwise than by their numbers. */
  private static boolean isCategorical(Layer layer) {
    CategoryOutput output = CategoryOutput.INT;
    if (layer instanceof CategoryEncoding encoding) {
      output = encoding.outputMode();
    } else if (layer instanceof Discretization discretization) {
      output = discretization.outputMode();
    } else if (layer instanceof Hashing hashing) {
      output = hashing.outputMode();
    } else if (layer instanceof IndexLookup lookup) {
      output = lookup.outputMode();
    }
    return output != CategoryOutput.INT;
  }
}
