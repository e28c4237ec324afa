package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.layer.KerasFunction;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Every function of {@code keras.ops} that is known, those that are refused included. */
public final class KerasFunctions {

  private static final Map<String, FunctionRow> ROWS = rows();

  private KerasFunctions() {}

  private static Map<String, FunctionRow> rows() {
    FunctionTable table = new FunctionTable();
    ArrangementFunctions.addTo(table);
    AttentionFunctions.addTo(table);
    ColorFunctions.addTo(table);
    ComposedFunctions.addTo(table);
    CorrelationFunctions.addTo(table);
    CreationFunctions.addTo(table);
    ElementwiseFunctions.addTo(table);
    EncodingFunctions.addTo(table);
    FilterFunctions.addTo(table);
    FloatingPointFunctions.addTo(table);
    GatheringFunctions.addTo(table);
    ImageFunctions.addTo(table);
    IndexingFunctions.addTo(table);
    JoiningFunctions.addTo(table);
    LinearAlgebraFunctions.addTo(table);
    LossFunctions.addTo(table);
    MatrixFunctions.addTo(table);
    NanReductions.addTo(table);
    NeuralFunctions.addTo(table);
    NormalizationFunctions.addTo(table);
    PatchFunctions.addTo(table);
    ProjectionFunctions.addTo(table);
    QuantileFunctions.addTo(table);
    ReductionFunctions.addTo(table);
    RefusedFunctions.addTo(table);
    ScatteringFunctions.addTo(table);
    ShapeFunctions.addTo(table);
    SortingFunctions.addTo(table);
    SpecialFunctions.addTo(table);
    SpectralFunctions.addTo(table);
    TensorFlowFunctions.addTo(table);
    WindowFunctions.addTo(table);
    return Collections.unmodifiableMap(table.rows());
  }

  /** The function of Keras 3's class name, if it is known. */
  public static Optional<KerasFunction> named(String name) {
    return Optional.ofNullable(ROWS.get(name));
  }

  /** Every function, sorted by name. */
  public static Collection<KerasFunction> all() {
    return Collections.unmodifiableCollection(ROWS.values());
  }

  static FunctionRow row(KerasFunction function) {
    FunctionRow row = ROWS.get(function.name());
    if (row == null) {
      throw new IllegalStateException(function.name() + " is in no table");
    }
    return row;
  }
}
