package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's GroupQueryAttention: as {@link MultiHeadAttention} over the steps of {@code [batch,
 * steps, features]}, several heads of queries sharing a head of keys and values.
 *
 * <p>Weights: query (and gate) {@code [in, numQueryHeads, headDim]}, key and value {@code [in,
 * numKeyValueHeads, headDim]}, output {@code [numQueryHeads, headDim, in]}, each with a bias if
 * {@code useBias}.
 *
 * @param useGate as {@link MultiHeadAttention#useGate}
 * @param slidingWindow as {@link MultiHeadAttention#slidingWindow}
 * @param zeroMasked as {@link MultiHeadAttention#zeroMasked}
 */
public record GroupQueryAttention(
    int headDim,
    int numQueryHeads,
    int numKeyValueHeads,
    boolean useBias,
    boolean useGate,
    @Nullable Integer slidingWindow,
    double dropout,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint,
    @Nullable Tree seed,
    boolean zeroMasked)
    implements Layer {

  /** Refuses what are no sizes. */
  public GroupQueryAttention {
    Rules.require(
        headDim > 0 && numQueryHeads > 0 && numKeyValueHeads > 0,
        "head_dim, num_query_heads and num_key_value_heads must be positive");
    Rules.require(
        numQueryHeads % numKeyValueHeads == 0,
        "num_query_heads must be a multiple of num_key_value_heads");
    Rules.require(slidingWindow == null || slidingWindow > 0, "sliding_window must be positive");
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    AttentionInputs inputs = AttentionInputs.of(call);
    long query = Rules.knownSize(inputs.query().shape(), -1, "the query's last axis");
    long key = Rules.knownSize(inputs.key(), -1, "the key's last axis");
    long value = Rules.knownSize(inputs.value(), -1, "the value's last axis");
    HeadWeights weights =
        new HeadWeights(useBias)
            .addPrivate("query", List.of(query), numQueryHeads, headDim)
            .addPrivate("key", List.of(key), numKeyValueHeads, headDim);
    if (useGate) {
      weights.addPrivate("gate", List.of(query), numQueryHeads, headDim);
    }
    return weights
        .addPrivate("value", List.of(value), numKeyValueHeads, headDim)
        .addPrivate("output", List.of((long) numQueryHeads, (long) headDim), query)
        .specs();
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    AttentionInputs inputs = AttentionInputs.of(call);
    Shape query = inputs.query().shape();
    Rules.require(
        query.rank() == 3 && inputs.value().rank() == 3 && inputs.key().rank() == 3,
        "query, value and key must have rank 3, got "
            + List.of(query, inputs.value(), inputs.key()));
    Shape scores = Shape.of(query.dim(0), Dim.of(numQueryHeads), query.dim(1), inputs.key().dim(1));
    return call.arguments().isTrue("return_attention_scores")
        ? List.of(inputs.query(), inputs.query().withShape(scores))
        : List.of(inputs.query());
  }
}
