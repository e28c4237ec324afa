package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.LayerCatalog;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sorts out the keys of a configuration that its layer's record has no component for. */
final class ConfigKeys {

  /** Keys of every layer, which the instance keeps. */
  private static final Set<String> COMMON = Set.of("name", "trainable", "dtype");

  /** Keys whose value changes no prediction of a model that was saved. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "activity_regularizer",
          "autocast",
          // Inner layers of tf.keras keep what they were given as first layers.
          "batch_input_shape",
          "build_input_shape",
          "dynamic",
          // How Keras decodes a vocabulary that it is asked for.
          "encoding",
          // The columns of a quantised kernel, which its shape says as well.
          "gptq_unpacked_column_size",
          // How tf.keras computes, not what.
          "implementation",
          "input_length",
          // DepthwiseConv and SeparableConv of tf.keras inherit these from Conv and use none.
          "kernel_constraint",
          "kernel_initializer",
          "kernel_regularizer",
          // What tf.keras built MultiHeadAttention with.
          "key_shape",
          "query_shape",
          "value_shape",
          // Keras 3 saves what LoRA adds within the kernel.
          "lora_alpha",
          "lora_rank",
          "noise_shape",
          "optional",
          "renorm_clipping",
          "renorm_momentum",
          "rng_type",
          "seed",
          // Statistics across replicas in training.
          "synchronized",
          "zero_output_for_mask");

  /** Keys with what their true value means, which no layer here does. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "mode", "normalization by statistics of the batch or of each sample (Keras 1)",
          "time_major", "time before batch",
          "quantization_config", "quantization",
          "sparse", "sparse tensors",
          "ragged", "ragged tensors");

  private final Set<String> allowed;
  private final Problems problems;

  ConfigKeys(Set<String> allowed, Problems problems) {
    this.allowed = allowed;
    this.problems = problems;
  }

  /** The further keys of a configuration, which are kept for the way back. */
  Tree.Obj extras(LayerCatalog.Entry entry, Tree.Obj config, Place place) {
    Set<String> known = new TreeSet<>(ConfigBinder.keys(entry.type()));
    known.addAll(entry.children());
    Tree.Obj extras = Tree.object();
    for (Map.Entry<String, Tree> member : config.members().entrySet()) {
      String key = member.getKey();
      if (!known.contains(key) && !COMMON.contains(key)) {
        check(key, member.getValue(), known, place);
        extras = extras.with(key, member.getValue());
      }
    }
    return extras;
  }

  private void check(String key, Tree value, Set<String> known, Place place) {
    if (isEmpty(value) || NEUTRAL.contains(key) || isSingleGroup(key, value)) {
      return;
    }
    if (allowed.contains(key)) {
      problems.warning(
          ProblemCode.CONFIG_KEY_UNKNOWN,
          place.withKey(key),
          "is not known and has no effect",
          value.toString(),
          "");
    } else if (REFUSED.containsKey(key)) {
      problems.error(
          ProblemCode.LAYER_UNSUPPORTED,
          place.withKey(key),
          "must not ask for " + REFUSED.get(key) + ", which is not supported",
          value.toString(),
          "build the model without it");
    } else {
      problems.error(
          ProblemCode.CONFIG_KEY_UNKNOWN,
          place.withKey(key),
          "must be a known key; known are " + String.join(", ", known),
          value.toString(),
          "if it has no effect on predictions, allow the key " + key);
    }
  }

  private static boolean isEmpty(Tree value) {
    return value.isNull()
        || value.asBoolean().filter(b -> !b).isPresent()
        || value.asText().filter(String::isEmpty).isPresent()
        || (value.isArray() && value.items().isEmpty())
        || value.asObject().filter(o -> o.members().isEmpty()).isPresent();
  }

  /** Layers of tf.keras that inherit {@code groups} from Conv and know none. */
  private static boolean isSingleGroup(String key, Tree value) {
    return key.equals("groups") && value.asLong().filter(n -> n == 1).isPresent();
  }
}
