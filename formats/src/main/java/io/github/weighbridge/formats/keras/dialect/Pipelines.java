package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;

/** Pipeline keeps its layers under the key of models, which it is none of. */
final class Pipelines {

  private Pipelines() {}

  static Tree.Obj toCanonical(Tree.Obj layer) {
    boolean own =
        layer.text("class_name").filter("Pipeline"::equals).isPresent()
            && layer.text("registered_name").filter(name -> name.contains(">")).isEmpty();
    return layer
        .object("config")
        .filter(config -> own)
        .map(config -> layer.with("config", config.renamed("layers", "pipeline_layers")))
        .orElse(layer);
  }
}
