package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import java.util.EnumSet;
import java.util.Set;

/** The one type in which a DL4J network keeps its parameters and computes. */
final class ParameterType {

  private ParameterType() {}

  /** The widest type that a layer of the model keeps weights or computes in. */
  static DataType of(Model model, Problems problems) {
    Set<DataType> types = EnumSet.noneOf(DataType.class);
    for (LayerInstance layer : model.layers()) {
      layer.weights().values().stream()
          .map(w -> w.dtype())
          .filter(ParameterType::isPossible)
          .forEach(types::add);
      if (!layer.weights().isEmpty() && isPossible(layer.dtype().compute())) {
        types.add(layer.dtype().compute());
      }
    }
    DataType widest = widest(types);
    if (types.size() > 1) {
      problems.warning(
          ProblemCode.PRECISION_CHANGED,
          Place.file(model.provenance().file()),
          "is of one type throughout in DL4J, " + widest,
          types.toString(),
          "");
    }
    return widest;
  }

  private static boolean isPossible(DataType type) {
    return type.isFloating() && type.bits() >= 16;
  }

  private static DataType widest(Set<DataType> types) {
    if (types.contains(DataType.FLOAT64)) {
      return DataType.FLOAT64;
    }
    // float16 beside bfloat16: only float32 holds the numbers of both.
    return types.size() == 1 ? types.iterator().next() : DataType.FLOAT32;
  }
}
