package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;

/** What a generation of Keras cannot spell of a model. */
record Findings(Place file, Problems problems) {

  /** A layer that the generation has no class for, or an option of it that it does not know. */
  void unsupported(Tree.Obj layer, String key, String rule, String found, String advice) {
    problems.error(ProblemCode.LAYER_UNSUPPORTED, place(layer, key), rule, found, advice);
  }

  /** Whether it has been told already why a layer cannot be spelled. */
  boolean isRefused(Tree.Obj layer) {
    return problems.errors().stream().anyMatch(problem -> problem.place().equals(place(layer, "")));
  }

  /** Something that predictions do not depend on. */
  void dropped(Tree.Obj layer, String key, String rule, String found) {
    problems.warning(ProblemCode.TARGET_DROPS, place(layer, key), rule, found, "");
  }

  private Place place(Tree.Obj layer, String key) {
    Place place = file.withLayer(LayerWalk.name(layer), layer.text("class_name").orElse(""));
    return key.isEmpty() ? place : place.withKey(key);
  }
}
