package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.MatMul;
import java.util.List;

/** Products of vectors and matrices. */
final class LinearAlgebraFunctions {

  private LinearAlgebraFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Matmul(x1, x2)", LinearAlgebraFunctions::matmul);
  }

  private static Value matmul(FunctionCall call) {
    List<Value> operands = call.promoted("x1", "x2");
    return call.add("matmul", new MatMul(), operands.get(0), operands.get(1));
  }
}
