package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functions of TensorFlow and of {@code keras.ops} that do the same for some arguments and not for
 * all, so that reading keeps them apart and only writing takes one for the other: reading the
 * result again tells whether it does the same. {@link TensorFlowNames} has those that always do.
 */
final class FunctionPairs {

  /**
   * Two functions.
   *
   * @param symbol TensorFlow's
   * @param className Keras's
   * @param renamed arguments of TensorFlow by their names in Keras
   * @param implied arguments that Keras alone has, with the values that TensorFlow computes by
   * @param stated arguments that TensorFlow alone has, with the values that Keras computes by
   */
  record Pair(
      String symbol,
      String className,
      Map<String, String> renamed,
      Map<String, Tree> implied,
      Map<String, Tree> stated) {

    /** Whether an argument of TensorFlow says what Keras's function does without it. */
    boolean isDefault(String argument, Tree value) {
      return value.equals(stated.get(argument)) || value.equals(DEFAULTS.get(argument));
    }

    private Pair implying(String argument, Object value) {
      return new Pair(symbol, className, renamed, with(implied, argument, value), stated);
    }

    private Pair stating(String argument, Object value) {
      return new Pair(symbol, className, renamed, implied, with(stated, argument, value));
    }

    private static Map<String, Tree> with(Map<String, Tree> all, String argument, Object value) {
      Map<String, Tree> more = new HashMap<>(all);
      more.put(argument, Tree.of(value));
      return more;
    }
  }

  /** Arguments of TensorFlow that Keras's functions do not have, with the value they have there. */
  private static final Map<String, Tree> DEFAULTS =
      Map.of(
          "adjoint_a", Tree.of(false),
          "adjoint_b", Tree.of(false),
          "batch_dims", Tree.of(0),
          "exclusive", Tree.of(false),
          "output_type", Tree.of("int64"),
          "reverse", Tree.of(false),
          "transpose_a", Tree.of(false),
          "transpose_b", Tree.of(false));

  private static final Map<String, Pair> BY_SYMBOL = new HashMap<>();
  private static final Map<String, Pair> BY_CLASS = new HashMap<>();

  static {
    put(pair("math.abs", "Absolute"));
    put(pair("math.abs", "Fabs"));
    put(pair("math.reduce_mean", "Mean"));
    put(pair("math.reduce_max", "Amax"));
    put(pair("math.reduce_min", "Amin"));
    put(pair("math.truediv", "TrueDivide", "y", "x2"));
    put(pair("math.truediv", "Divide", "y", "x2"));
    for (String extreme : new String[] {"max", "min"}) {
      put(
          pair("math.arg" + extreme, "Arg" + extreme)
              .implying("keepdims", false)
              .stating("output_type", "int32"));
    }
    put(pair("math.conj", "Conjugate"));
    put(pair("math.cumsum", "Cumsum"));
    put(pair("math.cumprod", "Cumprod"));
    put(pair("math.count_nonzero", "CountNonzero").stating("dtype", "int32"));
    put(pair("math.l2_normalize", "Normalize").implying("order", 2));
    put(pair("math.top_k", "TopK"));
    put(pair("norm", "Norm"));
    put(pair("reshape", "Reshape", "shape", "newshape"));
    put(pair("reshape", "Ravel").stating("shape", List.of(-1L)));
    put(pair("broadcast_to", "BroadcastTo"));
    put(pair("tile", "Tile", "multiples", "repeats"));
    put(pair("repeat", "Repeat"));
    put(pair("pad", "Pad", "paddings", "pad_width"));
    put(pair("clip_by_value", "Clip", "clip_value_min", "x_min", "clip_value_max", "x_max"));
    put(pair("split", "Split", "num_or_size_splits", "indices_or_sections"));
    put(pair("gather", "Take").implying("axis", 0));
    put(pair("one_hot", "OneHot", "depth", "num_classes").implying("sparse", false));
    put(pair("sort", "Sort"));
    put(pair("argsort", "Argsort"));
    put(pair("bitwise.invert", "BitwiseNot"));
    put(pair("bitwise.left_shift", "LeftShift"));
    put(pair("bitwise.right_shift", "RightShift"));
    put(pair("nn.silu", "Silu"));
    put(pair("nn.bias_add", "Add", "bias", "x2"));
    put(pair("linalg.matmul", "Matmul", "b", "x2"));
    put(
        pair("linalg.band_part", "Tril")
            .implying("k", 0)
            .stating("num_lower", -1)
            .stating("num_upper", 0));
    put(
        pair("linalg.band_part", "Triu")
            .implying("k", 0)
            .stating("num_lower", 0)
            .stating("num_upper", -1));
    put(pair("tensordot", "Tensordot", "b", "x2"));
    put(
        pair("image.resize", "Resize", "method", "interpolation")
            .implying("data_format", "channels_last")
            .implying("crop_to_aspect_ratio", false)
            .implying("pad_to_aspect_ratio", false)
            .implying("fill_mode", "constant")
            .implying("fill_value", 0.0)
            .stating("preserve_aspect_ratio", false));
    put(pair("slice", "Slice", "begin", "start_indices", "size", "shape"));
  }

  private FunctionPairs() {}

  /** TensorFlow's name before that of Keras, for each argument. */
  private static Pair pair(String symbol, String className, String... pairs) {
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      renamed.put(pairs[i], pairs[i + 1]);
    }
    return new Pair(symbol, className, renamed, Map.of(), Map.of());
  }

  private static void put(Pair pair) {
    BY_SYMBOL.putIfAbsent("tf." + pair.symbol(), pair);
    BY_CLASS.putIfAbsent(pair.className(), pair);
  }

  /** The pair of a function as canonical models name it; one that Keras has itself stays. */
  static Pair ofTensorFlow(String name) {
    Pair pair = BY_SYMBOL.get(name);
    return pair != null ? pair : pair(name, name);
  }

  /** A function of Keras that TensorFlow has under a name of the same meaning. */
  static Pair sameAs(String symbol, String className) {
    return pair(symbol, className);
  }

  /** The pair of a function of Keras that TensorFlow has under no name of the same meaning. */
  static Optional<Pair> ofKeras(String className) {
    return Optional.ofNullable(BY_CLASS.get(className));
  }
}
