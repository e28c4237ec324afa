package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Layers of Keras 1 (1.0 to 1.2.2) as Keras 2 names them: keys, values, and classes that have
 * become others. What holds for Keras 2 as well is left to its own rules.
 */
final class Keras1Layers {

  /** Classes that have become another; {@link CanonicalLayers} knows plain aliases. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "AtrousConvolution1D", "Conv1D",
          "AtrousConvolution2D", "Conv2D",
          "TimeDistributedDense", "Dense");

  /** Keys that mean the same in every layer that has them. */
  private static final Map<String, String> KEYS = new HashMap<>();

  static {
    KEYS.put("nb_filter", "filters");
    KEYS.put("subsample", "strides");
    KEYS.put("subsample_length", "strides");
    KEYS.put("border_mode", "padding");
    KEYS.put("dim_ordering", "data_format");
    KEYS.put("atrous_rate", "dilation_rate");
    KEYS.put("filter_length", "kernel_size");
    KEYS.put("init", "kernel_initializer");
    KEYS.put("inner_init", "recurrent_initializer");
    KEYS.put("inner_activation", "recurrent_activation");
    KEYS.put("W_regularizer", "kernel_regularizer");
    KEYS.put("U_regularizer", "recurrent_regularizer");
    KEYS.put("b_regularizer", "bias_regularizer");
    KEYS.put("W_constraint", "kernel_constraint");
    KEYS.put("b_constraint", "bias_constraint");
    KEYS.put("bias", "use_bias");
    KEYS.put("dropout_W", "dropout");
    KEYS.put("dropout_U", "recurrent_dropout");
    KEYS.put("p", "rate");
    KEYS.put("sigma", "stddev");
    KEYS.put("pool_length", "pool_size");
    KEYS.put("stride", "strides");
  }

  /** Sizes that stood one by one. */
  private static final List<List<String>> KERNEL_SIZES =
      List.of(List.of("nb_row", "nb_col"), List.of("kernel_dim1", "kernel_dim2", "kernel_dim3"));

  /** Classes that Keras 2 went on to read, and wrote as Keras 1 had. */
  private static final Set<String> KEPT = Set.of("Highway", "MaxoutDense", "Merge");

  private Keras1Layers() {}

  /** A layer of Keras 2 that is one of Keras 1 still; others stay as they are. */
  static Tree.Obj keptByKeras2(Tree.Obj layer) {
    return layer.text("class_name").filter(KEPT::contains).isPresent() ? toKeras2(layer) : layer;
  }

  static Tree.Obj toKeras2(Tree.Obj layer) {
    Optional<Tree.Obj> found = layer.object("config");
    String className = layer.text("class_name").orElse("");
    if (found.isEmpty() || LayerWalk.isNetwork(found.get()) || className.equals("Lambda")) {
      return layer;
    }
    if (className.equals("Merge")) {
      return Keras1Merges.toKeras2(layer);
    }
    Tree.Obj config = ofClass(className, input(className, found.get()));
    config = className.equals("Embedding") ? config : config.renamed("output_dim", "units");
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      config = config.renamed(key.getKey(), key.getValue());
    }
    for (List<String> sizes : KERNEL_SIZES) {
      if (sizes.stream().allMatch(config::has)) {
        config = joined(config, sizes);
      }
    }
    config = dataFormat(Keras1Objects.toKeras2(config));
    String today = CLASSES.getOrDefault(className, className);
    Tree.Obj changed = layer.with("config", config).with("class_name", Tree.of(today));
    return today.equals(className) ? changed : changed.with("file_class", Tree.of(className));
  }

  private static Tree.Obj ofClass(String className, Tree.Obj config) {
    return switch (className) {
      // Its dropout left out whole words, in training only.
      case "Embedding" ->
          config
              .renamed("init", "embeddings_initializer")
              .renamed("W_regularizer", "embeddings_regularizer")
              .renamed("W_constraint", "embeddings_constraint")
              .without("dropout");
      case "LSTM", "ConvLSTM2D", "GRU", "SimpleRNN" -> recurrent(className, config);
      case "BatchNormalization" ->
          (config.get("mode").flatMap(Tree::asLong).filter(mode -> mode == 0).isPresent()
                  ? config.without("mode")
                  : config)
              .withDefault("center", Tree.of(true))
              .withDefault("scale", Tree.of(true))
              .withDefault("beta_initializer", Tree.of("zeros"))
              .withDefault("gamma_initializer", Tree.of("ones"))
              .withDefault("moving_mean_initializer", Tree.of("zeros"))
              .withDefault("moving_variance_initializer", Tree.of("ones"))
              .withDefault("beta_constraint", Tree.none())
              .withDefault("gamma_constraint", Tree.none());
      case "Deconvolution2D" -> outputSize(config);
      case "Convolution1D",
          "Convolution2D",
          "Convolution3D",
          "Dense",
          "TimeDistributedDense",
          "LocallyConnected1D",
          "LocallyConnected2D",
          "AtrousConvolution1D",
          "AtrousConvolution2D" ->
          config.withDefault("bias_initializer", Tree.of("zeros"));
      case "SeparableConvolution2D" -> separable(config);
      case "PReLU" ->
          config
              .renamed("init", "alpha_initializer")
              .withDefault("alpha_regularizer", Tree.none())
              .withDefault("alpha_constraint", Tree.none());
      case "SReLU" ->
          config
              .renamed("t_left_init", "t_left_initializer")
              .renamed("a_left_init", "a_left_initializer")
              .renamed("t_right_init", "t_right_initializer")
              .renamed("a_right_init", "a_right_initializer");
      // What the bias of the gate began with, until 1.2.
      case "Highway" -> config.without("transform_bias");
      case "UpSampling1D" -> config.renamed("length", "size");
      case "ZeroPadding2D" -> margins(config);
      default -> config;
    };
  }

  /**
   * What a layer was given as the first of its model: {@code batch_input_shape} says it again, and
   * the type of its input is not its own.
   */
  private static Tree.Obj input(String className, Tree.Obj config) {
    return switch (className) {
      case "InputLayer" -> config.renamed("input_dtype", "dtype");
      case "Embedding" -> config.without("input_dtype");
      default -> config.without("input_dtype").without("input_dim").without("input_length");
    };
  }

  private static Tree.Obj recurrent(String className, Tree.Obj config) {
    Tree.Obj filled =
        config
            .withDefault("bias_initializer", Tree.of("zeros"))
            .withDefault("kernel_constraint", Tree.none())
            .withDefault("recurrent_constraint", Tree.none())
            .withDefault("bias_constraint", Tree.none())
            .withDefault("use_bias", Tree.of(true))
            .without("consume_less");
    if (className.equals("ConvLSTM2D")) {
      // Neither is in the file; the class has no other.
      filled =
          filled
              .withDefault("W_regularizer", Tree.none())
              .withDefault("U_regularizer", Tree.none())
              .withDefault("b_regularizer", Tree.none())
              .withDefault("dropout_W", Tree.of(0.0))
              .withDefault("dropout_U", Tree.of(0.0))
              .withDefault("subsample", Tree.of(List.of(1, 1)));
    }
    return filled.has("forget_bias_init")
        ? filled
            .with(
                "unit_forget_bias",
                Tree.of(filled.text("forget_bias_init").filter("one"::equals).isPresent()))
            .without("forget_bias_init")
        : filled;
  }

  private static Tree.Obj separable(Tree.Obj config) {
    return config
        .renamed("init", "depthwise_initializer")
        .withDefault("pointwise_initializer", config.get("init").orElse(Tree.of("glorot_uniform")))
        .withDefault("bias_initializer", Tree.of("zeros"));
  }

  /** The sizes that the transposed convolution was told to give. */
  private static Tree.Obj outputSize(Tree.Obj config) {
    List<Tree> shape = config.items("output_shape");
    boolean first = config.text("dim_ordering").filter("th"::equals).isPresent();
    Tree.Obj rest =
        config.without("output_shape").withDefault("bias_initializer", Tree.of("zeros"));
    return shape.size() == 4
        ? rest.with("output_size", Tree.of(first ? shape.subList(2, 4) : shape.subList(1, 3)))
        : rest;
  }

  /** Four margins in a row, or by name, as pairs. */
  private static Tree.Obj margins(Tree.Obj config) {
    Tree padding = config.get("padding").orElse(Tree.none());
    List<Tree> four =
        padding
            .asObject()
            .map(
                named ->
                    Stream.of("top_pad", "bottom_pad", "left_pad", "right_pad")
                        .map(key -> named.get(key).orElse(Tree.of(0)))
                        .toList())
            .orElse(padding.items());
    return four.size() == 4
        ? config.with("padding", Tree.of(List.of(four.subList(0, 2), four.subList(2, 4))))
        : config;
  }

  private static Tree.Obj joined(Tree.Obj config, List<String> sizes) {
    List<Tree> values = new ArrayList<>();
    Tree.Obj changed = config;
    for (String key : sizes) {
      config.get(key).ifPresent(values::add);
      changed = changed.without(key);
    }
    return changed.with("kernel_size", Tree.of(values));
  }

  private static Tree.Obj dataFormat(Tree.Obj config) {
    return config
        .text("data_format")
        .map(
            ordering ->
                switch (ordering) {
                  case "th" -> config.with("data_format", Tree.of("channels_first"));
                  case "tf" -> config.with("data_format", Tree.of("channels_last"));
                  default -> config;
                })
        .orElse(config);
  }
}
