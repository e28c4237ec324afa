package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model is lowered.
 *
 * @param mode what the operations are for
 * @param inputShapes shapes that replace those of the model's inputs, by input name; with every
 *     size known the operations are those for that size only
 */
public record LoweringOptions(Mode mode, Map<String, Shape> inputShapes) {

  /** For predictions, with the shapes of the model. */
  public static final LoweringOptions DEFAULTS = new LoweringOptions(Mode.INFERENCE, Map.of());

  /** Copies the map. */
  public LoweringOptions {
    inputShapes = Collections.unmodifiableMap(new LinkedHashMap<>(inputShapes));
  }

  /** These options with other input shapes. */
  public LoweringOptions withInputShapes(Map<String, Shape> shapes) {
    return new LoweringOptions(mode, shapes);
  }
}
