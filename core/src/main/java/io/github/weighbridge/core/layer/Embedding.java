package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Dim;
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
 * Keras's Embedding: row {@code x} of a table. With {@code maskZero} steps with index 0 are masked.
 *
 * <p>Weights: embeddings {@code [inputDim, outputDim]}. Quantised as int8, and embeddings_scale
 * {@code [inputDim]}; as int4 with two neighbours in a byte, {@code [inputDim, outputDim / 2]}; in
 * groups of a row with scales {@code [inputDim, groups]}, embeddings_zero of the same shape and
 * g_idx {@code [outputDim]}.
 */
public record Embedding(
    int inputDim,
    int outputDim,
    Initializer embeddingsInitializer,
    @Nullable Regularizer embeddingsRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint embeddingsConstraint,
    boolean maskZero,
    @Nullable QuantizationConfig quantizationConfig)
    implements QuantizableLayer {

  /** Refuses what is no size. */
  public Embedding {
    Rules.require(inputDim > 0 && outputDim > 0, "input_dim and output_dim must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    return table(call, inputDim, outputDim);
  }

  /** The table, as it is or quantised. */
  static List<WeightSpec> table(CallTypes call, long inputDim, long outputDim) {
    WeightSpec embeddings = WeightSpec.trainable("embeddings", inputDim, outputDim);
    return call.quantization()
        .map(mode -> quantized(mode, embeddings, inputDim, outputDim))
        .orElse(List.of(embeddings));
  }

  private static List<WeightSpec> quantized(
      Quantization mode, WeightSpec embeddings, long inputDim, long outputDim) {
    boolean packed = mode.mode() == Quantization.Mode.INT4;
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(
        embeddings.quantized(
            DataType.INT8, inputDim, packed ? QuantizedKernel.half(outputDim) : outputDim));
    long[] scale =
        mode.isGrouped() ? new long[] {inputDim, mode.groups(outputDim)} : new long[] {inputDim};
    weights.add(WeightSpec.nonTrainable("embeddings_scale", scale));
    if (mode.isGrouped()) {
      weights.add(WeightSpec.nonTrainable("embeddings_zero", DataType.INT8, scale));
      weights.add(QuantizedKernel.groupIndex(outputDim));
    }
    return weights;
  }

  @Override
  public Set<Quantization.Mode> quantizationModes() {
    return EnumSet.of(Quantization.Mode.INT8, Quantization.Mode.INT4);
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return List.of(
        new TensorType(call.computeType(), call.input().shape().append(Dim.of(outputDim))));
  }
}
