package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keras's ReversibleEmbedding: an {@link Embedding} that, called with {@code reverse=True}, says
 * how well each of its rows fits {@code [..., outputDim]}: {@code [..., inputDim]}.
 *
 * <p>Weights: embeddings {@code [inputDim, outputDim]}; reverse_embeddings {@code [outputDim,
 * inputDim]} unless {@code tieWeights}. Quantised, the first as {@link Embedding} has it, the
 * second as int8 with reverse_embeddings_scale {@code [inputDim]}; as int4 with two rows in one of
 * bytes; in groups of rows with scales {@code [groups, inputDim]} and reverse_embeddings_zero of
 * that shape.
 *
 * @param tieWeights whether both directions use the same rows
 * @param reverseDtype the type in which it is reversed; null for that of its input and weights
 * @param logitSoftCap what no result of the reverse exceeds, by a tanh; null for no limit
 */
public record ReversibleEmbedding(
    int inputDim,
    int outputDim,
    Initializer embeddingsInitializer,
    @Nullable Regularizer embeddingsRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint embeddingsConstraint,
    boolean maskZero,
    boolean tieWeights,
    @Nullable DataType reverseDtype,
    @Nullable Double logitSoftCap,
    @Nullable QuantizationConfig quantizationConfig)
    implements QuantizableLayer {

  /** The argument of a call that reverses it. */
  public static final String REVERSE = "reverse";

  /** Refuses what is no size, and a limit of nothing. */
  public ReversibleEmbedding {
    Rules.require(inputDim > 0 && outputDim > 0, "input_dim and output_dim must be positive");
    Rules.require(logitSoftCap == null || logitSoftCap != 0, "logit_soft_cap must not be 0");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    List<WeightSpec> weights = new ArrayList<>(Embedding.table(call, inputDim, outputDim));
    if (!tieWeights) {
      WeightSpec reverse = WeightSpec.trainable("reverse_embeddings", outputDim, inputDim);
      weights.addAll(
          call.quantization().map(mode -> quantized(mode, reverse)).orElse(List.of(reverse)));
    }
    return weights;
  }

  private List<WeightSpec> quantized(Quantization mode, WeightSpec reverse) {
    boolean packed = mode.mode() == Quantization.Mode.INT4;
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        reverse.quantized(
            DataType.INT8, packed ? QuantizedKernel.half(outputDim) : outputDim, inputDim));
    long[] scale =
        mode.isGrouped() ? new long[] {mode.groups(outputDim), inputDim} : new long[] {inputDim};
    weights.add(WeightSpec.nonTrainable("reverse_embeddings_scale", scale));
    if (mode.isGrouped()) {
      weights.add(WeightSpec.nonTrainable("reverse_embeddings_zero", scale));
    }
    return weights;
  }

  @Override
  public Set<Quantization.Mode> quantizationModes() {
    return EnumSet.of(Quantization.Mode.INT8, Quantization.Mode.INT4);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    Shape shape = call.input().shape();
    if (!call.arguments().isTrue(REVERSE)) {
      return List.of(new TensorType(call.computeType(), shape.append(Dim.of(outputDim))));
    }
    Rules.require(shape.rank() >= 2, "an input of rank 2 or more is needed, got " + shape);
    DataType given = call.arguments().inputs().get(0).type().dtype();
    DataType dtype =
        call.quantization().isPresent()
            ? scaledIn(given, call.computeType())
            : reversedIn(given, call.variableType());
    return List.of(new TensorType(dtype, shape.withDim(-1, Dim.of(inputDim))));
  }

  /** The type of a reversed call of a quantised layer, which does not cast its input. */
  public static DataType scaledIn(DataType input, DataType compute) {
    Rules.require(
        input.isFloating(), "what is reversed must have a floating-point type, got " + input);
    return new TypePromotion().with(input).with(compute).result();
  }

  /**
   * The type of a reversed call: Keras (3.15) casts neither input nor weights to the type that the
   * layer computes in.
   */
  public DataType reversedIn(DataType input, DataType variable) {
    DataType dtype =
        reverseDtype == null
            ? new TypePromotion().with(input).with(variable).result()
            : reverseDtype;
    Rules.require(
        input.isFloating() && dtype.isFloating(),
        "what is reversed must have a floating-point type, got " + input + " in " + dtype);
    return dtype;
  }
}
