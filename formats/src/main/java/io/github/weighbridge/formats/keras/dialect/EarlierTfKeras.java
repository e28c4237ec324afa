package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What earlier versions of tf.keras compute otherwise than 2.15, where only their number tells it.
 */
final class EarlierTfKeras {

  private EarlierTfKeras() {}

  /** The rule for what a version wrote; nothing where it computes as 2.15 does. */
  static Optional<UnaryOperator<Tree.Obj>> of(String version) {
    return KerasVersion.of(version)
        .filter(v -> v.major() == 2 && v.isBefore(2, 10, 0))
        .map(v -> EarlierTfKeras::toCanonical);
  }

  private static Tree.Obj toCanonical(Tree.Obj layer) {
    Optional<Tree.Obj> config = layer.object("config");
    boolean attends = layer.text("class_name").filter("MultiHeadAttention"::equals).isPresent();
    // Up to 2.9 it knew no masks but attention_mask.
    return attends && config.isPresent()
        ? layer.with("config", config.get().withDefault("takes_masks", Tree.of(false)))
        : layer;
  }
}
