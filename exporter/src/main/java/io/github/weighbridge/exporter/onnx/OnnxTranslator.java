package io.github.weighbridge.exporter.onnx;

import io.github.weighbridge.core.graph.Step;
import io.github.weighbridge.core.op.Operation;

/**
 * Turns one operation into ONNX nodes. Stateless.
 *
 * @param <O> the operation
 */
@FunctionalInterface
interface OnnxTranslator<O extends Operation> {

  /**
   * Adds the nodes of a step and binds each output that is used; tells {@link
   * OnnxContext#unsupported} what ONNX cannot express.
   */
  void translate(O op, Step step, OnnxContext onnx);
}
