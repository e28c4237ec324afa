package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.Arrays;

/** Tells which weights of a file are missing, too many, or of another shape or type than needed. */
final class WeightCheck {

  private final Place file;
  private final Problems problems;

  WeightCheck(Place file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Compares a weight with what its layer needs; floating-point types may differ, so may integers.
   */
  void compare(LayerInstance layer, WeightSpec spec, WeightRef weight, String fileName) {
    Place place = place(layer, spec.name());
    if (!Arrays.equals(weight.sizes(), spec.shape().sizes())) {
      problems.error(
          ProblemCode.WEIGHT_SHAPE_MISMATCH,
          place,
          "must have shape " + spec.shape(),
          Shape.of(weight.sizes()) + " in '" + fileName + "'",
          "the weights belong to another architecture, or its configuration was changed");
    }
    DataType needed = spec.dtype() == null ? layer.dtype().variable() : spec.dtype();
    boolean fits =
        weight.dtype() == needed
            || (weight.dtype().isFloating() && needed.isFloating())
            || (weight.dtype().isInteger() && needed.isInteger());
    if (!fits) {
      problems.error(
          ProblemCode.WEIGHT_DTYPE_MISMATCH,
          place,
          "must have type " + needed,
          weight.dtype() + " in '" + fileName + "'",
          "save the weights with the layer's dtype");
    }
  }

  void missing(LayerInstance layer, WeightSpec spec, String found) {
    problems.error(
        ProblemCode.WEIGHT_MISSING,
        place(layer, spec.name()),
        "must be in the file with shape " + spec.shape(),
        found,
        "the weights belong to another architecture, or the file is damaged");
  }

  void unexpected(LayerInstance layer, String fileName, WeightRef weight) {
    problems.error(
        ProblemCode.WEIGHT_UNEXPECTED,
        place(layer, fileName),
        "must be a weight that the layer has",
        "a surplus one of shape " + Shape.of(weight.sizes()),
        "the weights belong to another architecture, or its configuration was changed");
  }

  void unexpected(Place place, WeightRef weight) {
    problems.error(
        ProblemCode.WEIGHT_UNEXPECTED,
        place,
        "must belong to a layer of the model",
        "a weight of shape " + Shape.of(weight.sizes()) + " of no layer",
        "the weights belong to another architecture");
  }

  void unfitVocabulary(LayerInstance layer, String path, String found) {
    problems.error(
        ProblemCode.CONFIG_VALUE_INVALID,
        place(layer, "assets/" + path + "/vocabulary.txt"),
        "must hold terms of the layer's type",
        found,
        "");
  }

  void otherName(LayerInstance layer, String path, String found) {
    problems.warning(
        ProblemCode.WEIGHT_UNEXPECTED,
        place(layer, path),
        "should say that it belongs to the layer",
        "'" + found + "'",
        "weights are matched by position; compare predictions");
  }

  Place file() {
    return file;
  }

  private Place place(LayerInstance layer, String key) {
    return file.withLayer(layer.name(), layer.className()).withKey(key);
  }
}
