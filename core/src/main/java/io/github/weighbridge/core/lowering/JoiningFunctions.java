package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Concat;
import java.util.List;

/** Functions that join tensors or take them apart. */
final class JoiningFunctions {

  private JoiningFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("Concatenate(xs, axis=0)", JoiningFunctions::concatenate);
  }

  private static Value concatenate(FunctionCall call) {
    List<Value> xs = call.promotedList("xs");
    int axis = call.axis("axis", xs.get(0));
    return call.add("concatenate", new Concat(axis), xs.toArray(Value[]::new));
  }
}
