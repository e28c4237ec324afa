package io.github.weighbridge.core.lowering;

/**
 * TensorFlow's functions, by their names and with their parameters, as far as {@code keras.ops} has
 * none of the same meaning. They occur in files of tf.keras.
 */
final class TensorFlowFunctions {

  private TensorFlowFunctions() {}

  static void addTo(FunctionTable table) {
    TensorFlowArithmetic.addTo(table);
    TensorFlowArrays.addTo(table);
    TensorFlowImages.addTo(table);
    TensorFlowIndexing.addTo(table);
    TensorFlowLosses.addTo(table);
    TensorFlowNeural.addTo(table);
    TensorFlowReductions.addTo(table);
    TensorFlowRefusals.addTo(table);
    TensorFlowShapes.addTo(table);
    TensorFlowWindows.addTo(table);
  }
}
