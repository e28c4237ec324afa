package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Brings the layers of Keras 3, and what has been brought to its form, into canonical form. */
final class CanonicalLayers {

  /** What a weight begins with where nothing else is said. */
  private static final Tree.Obj GLOROT_UNIFORM =
      Tree.object()
          .with("class_name", Tree.of("GlorotUniform"))
          .with("config", Tree.object().with("seed", Tree.none()));

  private static final Map<String, String> ALIASES = new HashMap<>();
  private static final Map<String, UnaryOperator<Tree.Obj>> RULES = new HashMap<>();

  static {
    for (int rank = 1; rank <= 3; rank++) {
      String d = rank + "D";
      ALIASES.put("AvgPool" + d, "AveragePooling" + d);
      ALIASES.put("MaxPool" + d, "MaxPooling" + d);
      ALIASES.put("GlobalAvgPool" + d, "GlobalAveragePooling" + d);
      ALIASES.put("GlobalMaxPool" + d, "GlobalMaxPooling" + d);
      ALIASES.put("Convolution" + d, "Conv" + d);
      ALIASES.put("Convolution" + d + "Transpose", "Conv" + d + "Transpose");
      ALIASES.put("SeparableConvolution" + d, "SeparableConv" + d);
      addRules(rank, d);
    }
    ALIASES.put("Deconvolution2D", "Conv2DTranspose");
    ALIASES.put("Deconvolution3D", "Conv3DTranspose");
    // Names that the compatibility modules of TensorFlow give to their versions.
    ALIASES.put("BatchNormalizationV1", "BatchNormalization");
    ALIASES.put("BatchNormalizationV2", "BatchNormalization");
    ALIASES.put("SyncBatchNormalization", "BatchNormalization");
    // InceptionResNetV2 of tf.keras registers its layer in the package of users' own.
    ALIASES.put("Custom>CustomScaleLayer", "CustomScaleLayer");
    ALIASES.put("LSTMV1", "LSTM");
    ALIASES.put("LSTMV2", "LSTM");
    ALIASES.put("GroupedQueryAttention", "GroupQueryAttention");
    ALIASES.put("GRUV1", "GRU");
    ALIASES.put("GRUV2", "GRU");
    // What FeatureSpace builds models of.
    ALIASES.put("TFDConcat", "Concatenate");
    ALIASES.put("TFDIdentity", "Identity");
    for (String dropout : List.of("Dropout", "AlphaDropout", "GaussianDropout")) {
      RULES.put(dropout, CanonicalLayers::dropout);
    }
    RULES.put("GaussianNoise", c -> defaults(c, "seed", null));
    for (String recurrent : List.of("LSTM", "GRU", "SimpleRNN")) {
      RULES.put(recurrent, c -> cell(loop(c)));
      RULES.put(recurrent + "Cell", CanonicalLayers::cell);
    }
    RULES.put("RNN", CanonicalLayers::loop);
    RULES.put("StackedRNNCells", c -> c);
    RULES.put("Activation", c -> c);
    RULES.put("AdditiveAttention", CanonicalLayers::attention);
    // tf.keras up to 2.9 has no score_mode; only those versions write causal.
    RULES.put("Attention", c -> attention(defaults(c, "score_mode", "dot")));
    // The key came with 3.7.
    RULES.put("AutoContrast", CanonicalLayers::channelsLast);
    RULES.put("BatchNormalization", c -> singleAxis(defaults(c, "renorm", false)));
    RULES.put("Bidirectional", BidirectionalLayers::toCanonical);
    RULES.put("CategoryEncoding", CanonicalLayers::categoryEncoding);
    RULES.put("CenterCrop", CanonicalLayers::channelsLast);
    RULES.put("Concatenate", c -> defaults(c, "axis", -1, "mask_rule", "any"));
    for (String kind : List.of("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")) {
      RULES.put(kind, c -> defaults(c, "mask_rule", "any"));
    }
    RULES.put("Dense", c -> quantizable(defaults(c, "activity_regularizer", null)));
    RULES.put("EinsumDense", c -> quantizable(listed(c, "output_shape")));
    RULES.put("Dot", c -> defaults(c, "normalize", false, "shortest", 1e-7));
    RULES.put(
        "Discretization",
        c -> defaults(c, "num_bins", null, "epsilon", 0.01, "output_mode", "int"));
    RULES.put("ELU", c -> defaults(c, "alpha", 1.0));
    RULES.put(
        "Embedding",
        c -> quantizable(defaults(c, "activity_regularizer", null, "mask_zero", false)));
    // The key came with Keras 2.2.
    RULES.put("Flatten", CanonicalLayers::channelsLast);
    RULES.put("GroupNormalization", c -> defaults(c, "casts_input", false));
    RULES.put("HashedCrossing", c -> c);
    // Only Keras 1 has these.
    for (String old : List.of("Highway", "MaxoutDense")) {
      RULES.put(old, c -> defaults(c, "activity_regularizer", null));
    }
    RULES.put("Merge", c -> c);
    for (String old : List.of("ParametricSoftplus", "SReLU")) {
      RULES.put(old, c -> defaults(c, "shared_axes", null));
    }
    RULES.put("Hashing", VocabularyLayers::hashing);
    RULES.put("InputLayer", c -> orDefault(c, "dtype", Tree.of("float32")));
    RULES.put("Normalization", CanonicalLayers::normalization);
    for (String lookup : List.of("IntegerLookup", "StringLookup")) {
      RULES.put(lookup, VocabularyLayers::lookup);
    }
    RULES.put("TextVectorization", VocabularyLayers::textVectorization);
    RULES.put("Identity", c -> defaults(c, "passes_mask", true));
    RULES.put("LayerNormalization", c -> defaults(c, "rms_scaling", false, "casts_input", false));
    RULES.put("PReLU", c -> defaults(c, "shared_axes", null));
    // Keras 2.2.0 has max_value only.
    RULES.put("ReLU", c -> defaults(c, "max_value", null, "negative_slope", 0.0, "threshold", 0.0));
    RULES.put("RandomCrop", c -> channelsLast(defaults(c, "resizes", false, "cuts_before", false)));
    RULES.put("Rescaling", c -> defaults(c, "offset", 0.0, "passes_mask", true));
    RULES.put(
        "GroupQueryAttention",
        c ->
            defaults(
                c, "use_gate", false, "sliding_window", null, "seed", null, "zero_masked", true));
    RULES.put("MultiHeadAttention", CanonicalLayers::multiHeadAttention);
    RULES.put("ReversibleEmbedding", c -> quantizable(defaults(c, "activity_regularizer", null)));
    RULES.put("Resizing", CanonicalLayers::resizing);
    RULES.put("SpectralNormalization", c -> defaults(c, "casts_output", true));
    RULES.put("TimeDistributed", c -> defaults(c, "masks_within", false));
    RULES.put("UnitNormalization", c -> defaults(c, "shortest", 1e-12));
    RULES.put("Softmax", c -> defaults(c, "axis", -1, "zero_masked", true));
  }

  private CanonicalLayers() {}

  private static void addRules(int rank, String d) {
    UnaryOperator<Tree.Obj> window =
        c ->
            channelsLast(
                Spatial.lists(convolved(c), rank, "kernel_size", "strides", "dilation_rate"));
    // Conv3D and Conv2D of TensorFlow before 2.3 have no groups.
    RULES.put("Conv" + d, c -> window.apply(defaults(c, "groups", 1)));
    RULES.put(
        "Conv" + d + "Transpose",
        c ->
            window.apply(
                Spatial.lists(
                    defaults(c, "output_padding", null, "output_size", null),
                    rank,
                    "output_padding")));
    RULES.put("ConvLSTM" + d, c -> window.apply(cell(loop(convLstm(c)))));
    RULES.put("DepthwiseConv" + d, window);
    // TensorFlow 1.4 leaves the key out.
    RULES.put("SeparableConv" + d, c -> window.apply(defaults(c, "depth_multiplier", 1)));
    for (String kind : List.of("Average", "Max")) {
      RULES.put(
          kind + "Pooling" + d,
          c ->
              channelsLast(
                  Spatial.lists(
                      orDefault(c, "strides", c.get("pool_size").orElse(Tree.none())),
                      rank,
                      "pool_size",
                      "strides")));
      RULES.put(
          "Adaptive" + kind + "Pooling" + d,
          c -> channelsLast(Spatial.lists(c, rank, "output_size")));
      RULES.put("Global" + kind + "Pooling" + d, c -> channelsLast(defaults(c, "keepdims", false)));
    }
    // Files of older versions name no implementation: they know only the first.
    RULES.put(
        "LocallyConnected" + d,
        c ->
            channelsLast(
                Spatial.lists(defaults(c, "implementation", 1), rank, "kernel_size", "strides")));
    RULES.put("ZeroPadding" + d, c -> channelsLast(Spatial.margins(c, "padding", rank)));
    RULES.put("Cropping" + d, c -> channelsLast(Spatial.margins(c, "cropping", rank)));
    // Only UpSampling2D can do other than repeat, and only since Keras 2.2.3.
    RULES.put(
        "UpSampling" + d,
        c ->
            channelsLast(
                Spatial.lists(
                    defaults(
                        c,
                        "interpolation",
                        "nearest",
                        "half_pixel_centers",
                        true,
                        "keeps_type",
                        true),
                    rank,
                    "size")));
    RULES.put("SpatialDropout" + d, CanonicalLayers::dropout);
  }

  static Tree.Obj toCanonical(Tree.Obj layer) {
    Tree.Obj named = layer.withDefault("name", Tree.of(LayerWalk.name(layer)));
    Optional<Tree.Obj> config = layer.object("config");
    if (config.isEmpty() || layer.has("operation") || LayerWalk.isNetwork(config.get())) {
      return named;
    }
    Optional<String> registered =
        layer
            .text("registered_name")
            .filter(name -> name.contains(">"))
            .filter(ALIASES::containsKey);
    String className = registered.or(() -> layer.text("class_name")).orElse("");
    String canonicalName = ALIASES.getOrDefault(className, className);
    if (!canonicalName.equals(className)) {
      named =
          named.with("class_name", Tree.of(canonicalName)).with("file_class", Tree.of(className));
    }
    if (registered.isPresent()) {
      named = named.without("registered_name");
    }
    if (ImageLayers.isAugmentation(canonicalName)) {
      return named.with(
          "config", DtypePolicies.named(ImageLayers.augmentation(canonicalName, config.get())));
    }
    UnaryOperator<Tree.Obj> rule = RULES.getOrDefault(canonicalName, c -> c);
    // What nobody here knows stays as it is, so that it can be written back.
    Tree.Obj canonical =
        RULES.containsKey(canonicalName) ? rule.apply(common(config.get())) : config.get();
    return named.with("config", DtypePolicies.named(canonical));
  }

  private static Tree.Obj common(Tree.Obj config) {
    Map<String, Tree> members = new LinkedHashMap<>();
    config
        .members()
        .forEach(
            (key, value) ->
                members.put(
                    key,
                    Activations.KEYS.contains(key)
                        ? Activations.toCanonical(value)
                        : initializer(key, PlainValues.of(value))));
    return (Tree.Obj) Tree.of(members).movedTo(config.pointer());
  }

  /** A weight without an initializer begins as Keras's {@code add_weight} lets it. */
  private static Tree initializer(String key, Tree value) {
    return key.endsWith("_initializer") && value.isNull() ? GLOROT_UNIFORM : value;
  }

  /** The key came with Keras 3.13; what is quantised without it, is so in the standard way. */
  private static Tree.Obj quantizable(Tree.Obj config) {
    return defaults(config, "quantization_config", null);
  }

  private static Tree.Obj multiHeadAttention(Tree.Obj config) {
    Tree.Obj filled =
        defaults(
            config,
            "use_gate",
            false,
            "sliding_window",
            null,
            "seed",
            null,
            "zero_masked",
            true,
            "keeps_cast_mask",
            true,
            "takes_masks",
            true);
    return listed(filled, "output_shape");
  }

  /** A single size in place of a list of one. */
  private static Tree.Obj listed(Tree.Obj config, String key) {
    return config
        .get(key)
        .filter(size -> size.asLong().isPresent())
        .map(size -> config.with(key, Tree.of(List.of(size))))
        .orElse(config);
  }

  private static Tree.Obj convolved(Tree.Obj config) {
    // Conv3DTranspose of tf.keras writes no dilation_rate: it has none.
    return defaults(config, "dilation_rate", 1, "activity_regularizer", null);
  }

  private static Tree.Obj dropout(Tree.Obj config) {
    // data_format of the spatial ones is in no file of tf.keras; it matters in training only.
    return defaults(config, "seed", null, "noise_shape", null, "data_format", null);
  }

  /** Attention of TensorFlow before 2.2 has no dropout. */
  private static Tree.Obj attention(Tree.Obj config) {
    return defaults(config, "causal", false, "dropout", 0.0, "seed", null);
  }

  private static Tree.Obj convLstm(Tree.Obj config) {
    return defaults(config, "zeroes_masked", true, "recurrent_half", false);
  }

  /** What runs a cell over steps. */
  private static Tree.Obj loop(Tree.Obj config) {
    // zero_output_for_mask is written where it is true, or always (Keras 3).
    return defaults(
        config,
        "zero_output_for_mask",
        false,
        "masked_with_state",
        false,
        "time_major",
        false,
        "activity_regularizer",
        null,
        "unroll",
        false,
        "stateful",
        false,
        "return_state",
        false);
  }

  /** What computes one step. */
  private static Tree.Obj cell(Tree.Obj config) {
    // Only Keras 3 writes seed.
    return defaults(config, "seed", null, "dropout", 0.0, "recurrent_dropout", 0.0);
  }

  /** tf.keras wrote the axis of BatchNormalization as a list of one. */
  private static Tree.Obj singleAxis(Tree.Obj config) {
    return config
        .get("axis")
        .filter(a -> a.items().size() == 1)
        .map(a -> config.with("axis", a.items().get(0)))
        .orElse(config);
  }

  private static Tree.Obj normalization(Tree.Obj config) {
    // The statistics could be given from TensorFlow 2.6 on, invert came with 2.10.
    Tree.Obj filled =
        defaults(
            orDefault(config, "axis", Tree.of(List.of())),
            "mean",
            null,
            "variance",
            null,
            "invert",
            false,
            "passes_mask",
            true);
    return filled
        .get("axis")
        .filter(axis -> !axis.isArray())
        .map(axis -> filled.with("axis", Tree.of(List.of(axis))))
        .orElse(filled);
  }

  /** TensorFlow up to 2.5 had other names for the key and the mode. */
  private static Tree.Obj categoryEncoding(Tree.Obj config) {
    boolean binary = config.text("output_mode").filter("binary"::equals).isPresent();
    Tree.Obj filled = defaults(config, "in_compute_type", false);
    Tree.Obj named = filled.has("num_tokens") ? filled : filled.renamed("max_tokens", "num_tokens");
    return binary ? named.with("output_mode", Tree.of("multi_hot")) : named;
  }

  private static Tree.Obj resizing(Tree.Obj config) {
    // crop_to_aspect_ratio came with TensorFlow 2.6, padding and antialias with Keras 3.
    return channelsLast(
        defaults(
            config,
            "crop_to_aspect_ratio",
            false,
            "pad_to_aspect_ratio",
            false,
            "fill_mode",
            "constant",
            "fill_value",
            0.0,
            "antialias",
            false,
            "keeps_integers",
            true));
  }

  private static Tree.Obj channelsLast(Tree.Obj config) {
    return orDefault(config, "data_format", Tree.of("channels_last"));
  }

  static Tree.Obj orDefault(Tree.Obj config, String key, Tree value) {
    return config.get(key).filter(v -> !v.isNull()).isPresent() ? config : config.with(key, value);
  }

  /** Absent keys with the value that stands after each; null stays null. */
  static Tree.Obj defaults(Tree.Obj config, @Nullable Object... pairs) {
    Tree.Obj filled = config;
    for (int i = 0; i < pairs.length; i += 2) {
      filled = filled.withDefault(String.valueOf(pairs[i]), Tree.of(pairs[i + 1]));
    }
    return filled;
  }
}
