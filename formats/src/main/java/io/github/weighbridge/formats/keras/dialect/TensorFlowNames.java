package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * TensorFlow's functions that {@code keras.ops} has as well, by the names that tf.keras writes.
 * Every other function keeps its name, behind {@code tf.}, and its arguments.
 */
final class TensorFlowNames {

  /**
   * A function in the words of Keras 3.
   *
   * @param name its class name, or TensorFlow's name behind {@code tf.}
   * @param renamed arguments that have another name there; the first one is positional in both
   * @param implied arguments that TensorFlow has another default for
   */
  record Function(String name, Map<String, String> renamed, Map<String, Tree> implied) {

    Function implying(String argument, Tree value) {
      Map<String, Tree> more = new HashMap<>(implied);
      more.put(argument, value);
      return new Function(name, renamed, more);
    }
  }

  private static final Map<String, Function> FUNCTIONS = new HashMap<>();

  /** The first symbol of each function. */
  private static final Map<String, String> SYMBOLS = new HashMap<>();

  static {
    elementwise();
    reductions();
    arrays();
    neural();
    images();
    versions();
  }

  private TensorFlowNames() {}

  /** The function of a symbol, as {@code math.add}. */
  static Function of(String symbol) {
    Function function = FUNCTIONS.get(symbol);
    return function != null ? function : own(symbol);
  }

  /** A symbol of TensorFlow for a function of {@code keras.ops} or of TensorFlow itself. */
  static Optional<String> symbol(String name) {
    return name.startsWith("tf.")
        ? Optional.of(name.substring(3))
        : Optional.ofNullable(SYMBOLS.get(name));
  }

  private static Function own(String symbol) {
    return new Function("tf." + symbol, Map.of(), Map.of());
  }

  private static void elementwise() {
    binary("Add", "__operators__.add", "math.add");
    binary("Subtract", "math.subtract");
    binary("Multiply", "math.multiply");
    put(renaming("Multiply", "x", "x2"), "math.scalar_mul", "compat.v1.math.scalar_mul");
    binary("FloorDivide", "math.floordiv", "compat.v1.floor_div");
    binary("Mod", "math.floormod");
    binary("Fmod", "truncatemod");
    binary("Power", "math.pow");
    binary("Maximum", "math.maximum");
    binary("Minimum", "math.minimum");
    put(renaming("Arctan2", "x", "x2"), "math.atan2");
    binary("DivideNoNan", "math.divide_no_nan");
    binary("Equal", "math.equal", "__operators__.eq");
    binary("NotEqual", "math.not_equal", "__operators__.ne");
    binary("Greater", "math.greater");
    binary("GreaterEqual", "math.greater_equal");
    binary("Less", "math.less");
    binary("LessEqual", "math.less_equal");
    binary("LogicalAnd", "math.logical_and");
    binary("LogicalOr", "math.logical_or");
    binary("LogicalXor", "math.logical_xor");
    plain("BitwiseAnd", "bitwise.bitwise_and");
    plain("BitwiseInvert", "bitwise.invert");
    plain("BitwiseLeftShift", "bitwise.left_shift");
    plain("BitwiseOr", "bitwise.bitwise_or");
    plain("BitwiseRightShift", "bitwise.right_shift");
    plain("BitwiseXor", "bitwise.bitwise_xor");
    for (String name : List.of("Abs", "Ceil", "Cos", "Cosh", "Erf", "Erfc", "Erfinv", "Exp")) {
      plain(name, "math." + name.toLowerCase(Locale.ROOT));
    }
    for (String name : List.of("Expm1", "Floor", "Log", "Log1p", "Negative", "Reciprocal")) {
      plain(name, "math." + name.toLowerCase(Locale.ROOT));
    }
    for (String name : List.of("Round", "Rsqrt", "Sign", "Sin", "Sinh", "Sqrt", "Square", "Tan")) {
      plain(name, "math." + name.toLowerCase(Locale.ROOT));
    }
    for (String name : List.of("Imag", "Real", "Conj", "Angle", "Nextafter")) {
      plain(name, "math." + name.toLowerCase(Locale.ROOT));
    }
    plain("Arccos", "math.acos");
    plain("Arccosh", "math.acosh");
    plain("Arcsin", "math.asin");
    plain("Arcsinh", "math.asinh");
    plain("Arctan", "math.atan");
    plain("Arctanh", "math.atanh");
    plain("I0", "math.bessel_i0");
    plain("Isfinite", "math.is_finite");
    plain("Isinf", "math.is_inf");
    plain("Isnan", "math.is_nan");
    plain("LogicalNot", "math.logical_not");
    plain("LogSigmoid", "math.log_sigmoid");
    plain("Round", "math.rint");
    plain("Sigmoid", "math.sigmoid", "nn.sigmoid");
    plain("Softplus", "math.softplus", "nn.softplus");
    plain("Tanh", "math.tanh", "nn.tanh");
  }

  private static void reductions() {
    for (String prefix : List.of("math.reduce_", "compat.v1.math.reduce_")) {
      plain("All", prefix + "all");
      plain("Any", prefix + "any");
      plain("Logsumexp", prefix + "logsumexp");
      plain("Max", prefix + "max");
      plain("Min", prefix + "min");
      plain("Prod", prefix + "prod");
      plain("Std", prefix + "std");
      plain("Sum", prefix + "sum");
      plain("Var", prefix + "variance");
    }
    put(own("math.reduce_mean"), "compat.v1.math.reduce_mean");
    put(own("math.argmax"), "compat.v1.math.argmax");
    put(own("math.argmin"), "compat.v1.math.argmin");
    put(own("math.count_nonzero"), "compat.v1.math.count_nonzero");
    put(own("norm"), "compat.v1.norm", "linalg.norm");
    plain("InTopK", "math.in_top_k");
    for (String reduction : List.of("max", "min", "prod", "sum")) {
      String name = "Segment" + reduction.substring(0, 1).toUpperCase(Locale.ROOT);
      put(
          renaming(name + reduction.substring(1)).implying("sorted", Tree.of(false)),
          "math.unsorted_segment_" + reduction);
    }
  }

  private static void arrays() {
    plain("Cast", "cast", "dtypes.cast");
    cast("bfloat16", "bfloat16");
    cast("double", "float64");
    cast("float", "float32");
    cast("int32", "int32");
    cast("int64", "int64");
    plain("Concatenate", "concat");
    plain("ConvertToTensor", "convert_to_tensor", "compat.v1.convert_to_tensor");
    plain("Copy", "identity");
    plain("ExpandDims", "expand_dims", "compat.v1.expand_dims");
    plain("Einsum", "raw_ops.Einsum");
    plain("Flip", "reverse");
    put(renaming("Linspace"), "linspace");
    plain("Ndim", "rank");
    plain("OnesLike", "ones_like", "compat.v1.ones_like");
    plain("Roll", "roll");
    plain("SaturateCast", "dtypes.saturate_cast");
    plain("SearchSorted", "searchsorted");
    plain("Squeeze", "squeeze", "compat.v1.squeeze");
    plain("Stack", "stack");
    plain("StopGradient", "stop_gradient");
    put(renaming("Transpose", "perm", "axes"), "transpose", "compat.v1.transpose");
    plain("Unstack", "unstack");
    put(renaming("Where", "x", "x1", "y", "x2"), "where");
    plain("ZerosLike", "zeros_like", "compat.v1.zeros_like");
    put(renaming("Tensordot", "b", "x2"), "tensordot");
    put(renaming("Cross", "b", "x2"), "linalg.cross");
    put(
        renaming("Diagonal", "k", "offset")
            .implying("axis1", Tree.of(-2))
            .implying("axis2", Tree.of(-1)),
        "linalg.diag_part");
    put(
        renaming("Trace").implying("axis1", Tree.of(-2)).implying("axis2", Tree.of(-1)),
        "linalg.trace");
    put(
        renaming("Swapaxes").implying("axis1", Tree.of(-2)).implying("axis2", Tree.of(-1)),
        "linalg.matrix_transpose",
        "linalg.adjoint");
  }

  private static void cast(String name, String dtype) {
    put(renaming("Cast").implying("dtype", Tree.of(dtype)), "compat.v1.to_" + name);
  }

  private static void neural() {
    plain("Relu", "nn.relu");
    plain("Relu6", "nn.relu6");
    plain("Elu", "nn.elu");
    plain("Selu", "nn.selu");
    plain("Softsign", "nn.softsign");
    plain("Softmax", "nn.softmax", "compat.v1.nn.softmax");
    plain("LogSoftmax", "nn.log_softmax", "compat.v1.nn.log_softmax");
    put(renaming("LeakyRelu", "alpha", "negative_slope"), "nn.leaky_relu");
    put(renaming("Gelu").implying("approximate", Tree.of(false)), "nn.gelu");
    put(own("nn.silu"), "nn.swish");
    put(own("nn.crelu"), "compat.v1.nn.crelu");
    put(own("nn.moments"), "compat.v1.nn.moments");
    put(own("nn.dropout"), "compat.v1.nn.dropout");
    put(own("math.l2_normalize"), "nn.l2_normalize");
    put(own("nn.local_response_normalization"), "nn.lrn");
    put(
        renaming("Take", "ids", "indices").implying("axis", Tree.of(0)),
        "nn.embedding_lookup",
        "compat.v1.nn.embedding_lookup");
    String entropy = "_cross_entropy_with_logits";
    put(own("nn.sigmoid" + entropy), "compat.v1.nn.sigmoid" + entropy);
    put(
        own("nn.softmax" + entropy),
        "compat.v1.nn.softmax" + entropy,
        "compat.v1.nn.softmax" + entropy + "_v2");
    plain("CategoricalCrossentropy", "keras.backend.categorical_crossentropy");
    plain("SparseCategoricalCrossentropy", "keras.backend.sparse_categorical_crossentropy");
    for (String space : List.of("nn.conv1d", "nn.conv2d", "nn.conv3d", "nn.convolution")) {
      put(
          renaming(
              "tf.nn.convolution",
              "stride",
              "strides",
              "filter",
              "filters",
              "dilation_rate",
              "dilations"),
          space,
          "compat.v1." + space);
    }
    for (String space : List.of("1d", "2d", "3d", "")) {
      put(
          renaming("tf.nn.conv_transpose", "filter", "filters"),
          "nn.conv" + space + "_transpose",
          "compat.v1.nn.conv" + space + "_transpose");
    }
    put(
        renaming("tf.nn.depthwise_conv2d", "rate", "dilations"),
        "compat.v1.nn.depthwise_conv2d",
        "compat.v1.nn.depthwise_conv2d_native");
    put(renaming("tf.nn.separable_conv2d", "rate", "dilations"), "compat.v1.nn.separable_conv2d");
    for (String space : List.of("1d", "2d", "3d", "")) {
      put(
          own("nn.max_pool"),
          "nn.max_pool" + space,
          "compat.v1.nn.max_pool" + space,
          "compat.v1.nn.max_pool" + space + "_v2");
      put(own("nn.avg_pool"), "nn.avg_pool" + space, "compat.v1.nn.avg_pool" + space);
    }
  }

  private static void images() {
    Tree channelsLast = Tree.of("channels_last");
    plain("DepthToSpace", "nn.depth_to_space", "compat.v1.nn.depth_to_space");
    plain("SpaceToDepth", "nn.space_to_depth", "compat.v1.nn.space_to_depth");
    put(renaming("RGBToGrayscale").implying("data_format", channelsLast), "image.rgb_to_grayscale");
    put(renaming("Rot90").implying("axes", Tree.of(List.of(-3, -2))), "image.rot90");
    put(renaming("PSNR", "b", "x2"), "image.psnr");
  }

  /** Names of TensorFlow 1 that mean what those of TensorFlow 2 mean. */
  private static void versions() {
    for (String symbol : List.of("gather", "gather_nd", "pad", "shape", "size", "strided_slice")) {
      put(own(symbol), "compat.v1." + symbol);
    }
    binary("tf.math.truediv", "math.divide", "math.truediv", "realdiv");
  }

  private static void binary(String name, String... symbols) {
    put(renaming(name, "y", "x2"), symbols);
  }

  private static void plain(String name, String... symbols) {
    put(renaming(name), symbols);
  }

  /** TensorFlow's name before that of Keras, for each argument. */
  private static Function renaming(String name, String... pairs) {
    Map<String, String> renamed = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      renamed.put(pairs[i], pairs[i + 1]);
    }
    return new Function(name, renamed, Map.of());
  }

  private static void put(Function function, String... symbols) {
    for (String symbol : symbols) {
      FUNCTIONS.put(symbol, function);
      SYMBOLS.putIfAbsent(function.name(), symbol);
    }
  }
}
