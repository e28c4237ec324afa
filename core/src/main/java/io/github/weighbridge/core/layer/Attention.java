package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keras's Attention: values {@code [batch, steps, features]} in the proportions in which a query
 * fits their keys. Called with a list of query, value and possibly key (else the value is the key).
 *
 * <p>Weights: scale {@code []} if {@code useScale}, concat_score_weight {@code []} for {@code
 * CONCAT}.
 *
 * @param scoreMode how well a query fits a key
 * @param causal whether a query takes no value after its own place; an argument of the call says so
 *     too
 */
public record Attention(
    boolean useScale, ScoreMode scoreMode, double dropout, boolean causal, @Nullable Tree seed)
    implements Layer {

  /** How well a query fits a key. */
  public enum ScoreMode {
    /** Their product. */
    DOT,
    /** The sum of {@code tanh(query + key)}. */
    CONCAT
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    List<WeightSpec> weights = new ArrayList<>();
    if (useScale) {
      weights.add(WeightSpec.trainable("scale"));
    }
    if (scoreMode == ScoreMode.CONCAT) {
      weights.add(WeightSpec.trainable("concat_score_weight"));
    }
    return weights;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    return attended(call);
  }

  /** What attention of a list of query, value and key returns: the values, and scores if asked. */
  static List<TensorType> attended(CallTypes call) {
    int count = call.inputs().size();
    Rules.require(
        count == 2 || count == 3, "query, value and possibly key are needed, got " + count);
    TensorType query = call.inputs().get(0);
    Shape value = call.inputs().get(1).shape();
    Shape key = call.inputs().get(count - 1).shape();
    Rules.require(
        query.rank() >= 2 && value.rank() == query.rank() && key.rank() == query.rank(),
        "query, value and key must have one rank, got " + call.inputs());
    TensorType values = query.withShape(query.shape().withDim(-1, value.dim(-1)));
    TensorType scores = query.withShape(query.shape().withDim(-1, key.dim(-2)));
    return call.arguments().isTrue("return_attention_scores")
        ? List.of(values, scores)
        : List.of(values);
  }
}
