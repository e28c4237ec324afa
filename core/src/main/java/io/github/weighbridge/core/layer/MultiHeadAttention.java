package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Keras's MultiHeadAttention. Called with a query, a value and possibly a key, each {@code [batch,
 * ..., features]}; every head mixes the values in the proportions in which its query fits the keys.
 *
 * <p>Weights: query, key {@code [in, numHeads, keyDim]}, value (and gate) {@code [in, numHeads,
 * valueDim]}, output {@code [numHeads, valueDim, outputShape...]}, each with a bias if {@code
 * useBias}.
 *
 * @param valueDim as {@code keyDim}, if null
 * @param useGate whether what the heads give is multiplied by a sigmoid of the query
 * @param outputShape the sizes after the query's leading axes; null for the query's own
 * @param attentionAxes the axes along which values are mixed; null for all between batch and
 *     features
 * @param slidingWindow how far apart, and less, a query and its values stand; null for any distance
 * @param zeroMasked whether a query whose values are all masked may get none of them (Keras 3); up
 *     to 3.9 and in tf.keras it gets a mean of them
 * @param keepsCastMask whether the mask of a query counts that is cast to the compute type; in
 *     tf.keras it is lost
 * @param takesMasks whether masks count that come along, and that of the query is handed on; not in
 *     tf.keras up to 2.9
 */
public record MultiHeadAttention(
    int numHeads,
    int keyDim,
    @Nullable Integer valueDim,
    double dropout,
    boolean useBias,
    boolean useGate,
    @Nullable List<Integer> outputShape,
    @Nullable Axes attentionAxes,
    @Nullable Integer slidingWindow,
    Initializer kernelInitializer,
    Initializer biasInitializer,
    @Nullable Regularizer kernelRegularizer,
    @Nullable Regularizer biasRegularizer,
    @Nullable Regularizer activityRegularizer,
    @Nullable Constraint kernelConstraint,
    @Nullable Constraint biasConstraint,
    @Nullable Tree seed,
    boolean zeroMasked,
    boolean keepsCastMask,
    boolean takesMasks)
    implements Layer {

  /** Refuses what are no sizes. */
  public MultiHeadAttention {
    outputShape = outputShape == null ? null : List.copyOf(outputShape);
    Rules.require(
        numHeads > 0 && keyDim > 0 && (valueDim == null || valueDim > 0),
        "num_heads, key_dim and value_dim must be positive");
    Rules.require(slidingWindow == null || slidingWindow > 0, "sliding_window must be positive");
  }

  /** The features of a value in a head. */
  public int headSize() {
    return valueDim == null ? keyDim : valueDim;
  }

  @Override
  public List<WeightSpec> weights(CallTypes call) {
    AttentionInputs inputs = AttentionInputs.of(call);
    long query = Rules.knownSize(inputs.query().shape(), -1, "the query's last axis");
    long key = Rules.knownSize(inputs.key(), -1, "the key's last axis");
    long value = Rules.knownSize(inputs.value(), -1, "the value's last axis");
    HeadWeights weights =
        new HeadWeights(useBias)
            .add("query", List.of(query), numHeads, keyDim)
            .add("key", List.of(key), numHeads, keyDim);
    if (useGate) {
      weights.addPrivate("gate", List.of(query), numHeads, headSize());
    }
    long[] output =
        outputShape == null
            ? new long[] {query}
            : outputShape.stream().mapToLong(Integer::longValue).toArray();
    return weights
        .add("value", List.of(value), numHeads, headSize())
        .add("output", List.of((long) numHeads, (long) headSize()), output)
        .specs();
  }

  /**
   * How queries meet keys: {@code [batch..., query axes..., heads, features]} of both, to {@code
   * [batch..., heads, query axes..., key axes...]}.
   *
   * @param rank of the layer's inputs
   */
  public EinsumEquation scores(int rank) {
    String query = letters(0, rank + 1);
    String key = key(rank);
    return new EinsumEquation(List.of(query, key), scoreAxes(rank, query, key));
  }

  /** How scores of {@link #scores} mix values. */
  public EinsumEquation mixture(int rank) {
    String query = letters(0, rank + 1);
    String key = key(rank);
    return new EinsumEquation(List.of(scoreAxes(rank, query, key), key), query);
  }

  /** How many axes of the query are mixed along. */
  public int attentionRank(int rank) {
    return axes(rank).size();
  }

  private static String letters(int from, int to) {
    return "abcdefghijklmnopqrstuvwxyz".substring(from, to);
  }

  private String key(int rank) {
    StringBuilder key = new StringBuilder(letters(0, rank + 1));
    int next = rank + 1;
    for (int axis = 0; axis < rank; axis++) {
      if (axes(rank).contains(axis)) {
        key.setCharAt(axis, letters(next, next + 1).charAt(0));
        next++;
      }
    }
    return key.toString();
  }

  private String scoreAxes(int rank, String query, String key) {
    StringBuilder scores = new StringBuilder();
    List<Integer> axes = axes(rank);
    IntStream.rangeClosed(0, rank - 1)
        .filter(axis -> !axes.contains(axis))
        .forEach(axis -> scores.append(query.charAt(axis)));
    axes.forEach(axis -> scores.append(query.charAt(axis)));
    axes.forEach(axis -> scores.append(key.charAt(axis)));
    return scores.toString();
  }

  private List<Integer> axes(int rank) {
    Rules.require(rank >= 2 && rank <= 12, "inputs must have 2 to 12 axes, got " + rank);
    if (attentionAxes == null) {
      return IntStream.range(1, rank - 1).boxed().toList();
    }
    List<Integer> axes = new ArrayList<>();
    for (int axis : attentionAxes.values()) {
      // tf.keras counts negative ones among the axes of heads.
      Rules.require(axis >= 0 || keepsCastMask, "attention_axes must not be negative, got " + axis);
      int counted = Rules.axis(axis, rank);
      Rules.require(
          counted < rank - 1 && !axes.contains(counted),
          "attention_axes must be different ones before the features, got " + attentionAxes);
      axes.add(counted);
    }
    return axes;
  }

  @Override
  public List<TensorType> outputTypes(CallTypes call) {
    AttentionInputs inputs = AttentionInputs.of(call);
    Shape query = inputs.query().shape();
    int rank = query.rank();
    Rules.require(
        inputs.value().rank() == rank && inputs.key().rank() == rank,
        "query, value and key must have one rank, got "
            + List.of(query, inputs.value(), inputs.key()));
    List<Dim> dims = new ArrayList<>(query.dims());
    if (outputShape != null) {
      dims.remove(rank - 1);
      outputShape.forEach(size -> dims.add(Dim.of(size)));
    }
    TensorType output = inputs.query().withShape(new Shape(dims));
    Shape scores = scores(rank).resultShape(List.of(heads(query), heads(inputs.key())));
    return call.arguments().isTrue("return_attention_scores")
        ? List.of(output, inputs.query().withShape(scores))
        : List.of(output);
  }

  private Shape heads(Shape input) {
    return input.withDim(-1, Dim.of(numHeads)).append(Dim.of(keyDim));
  }
}
