package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order of an image's axes in layers of Keras 1 that do not write theirs: it was a setting of
 * the process, so it is that of the layers that do.
 */
final class Keras1ImageOrdering {

  private static final String KEY = "dim_ordering";

  /** Layers over images whose configuration leaves the order out. */
  private static final Set<String> SILENT =
      Set.of(
          "Cropping2D",
          "Cropping3D",
          "SpatialDropout2D",
          "SpatialDropout3D",
          "UpSampling2D",
          "UpSampling3D",
          "ZeroPadding2D",
          "ZeroPadding3D");

  private Keras1ImageOrdering() {}

  /**
   * A model in which every layer over images says its order.
   *
   * @param fallback the order if no layer of the model says one
   */
  static Tree.Obj written(Tree.Obj model, ImageDimOrdering fallback) {
    Tree ordering = Tree.of(found(model).orElse(fallback.configName()));
    return LayerWalk.apply(
        model,
        List.of(TfKerasSequential::toKeras3), // whose layers are a bare list
        List.of(layer -> written(layer, ordering)));
  }

  private static Tree.Obj written(Tree.Obj layer, Tree ordering) {
    Tree.Obj config = layer.object("config").orElse(Tree.object());
    boolean silent = SILENT.contains(layer.text("class_name").orElse("")) && !config.has(KEY);
    boolean byDefault = config.text(KEY).filter("default"::equals).isPresent();
    return silent || byDefault ? layer.with("config", config.with(KEY, ordering)) : layer;
  }

  private static Optional<String> found(Tree tree) {
    if (tree instanceof Tree.Obj object) {
      Optional<String> own = object.text(KEY).filter(o -> o.equals("th") || o.equals("tf"));
      return own.isPresent()
          ? own
          : object.members().values().stream().flatMap(v -> found(v).stream()).findFirst();
    }
    return tree.items().stream().flatMap(item -> found(item).stream()).findFirst();
  }
}
