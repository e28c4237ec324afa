package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import org.jspecify.annotations.Nullable;

/** Where operations go. */
interface Steps {

  /** Adds an operation with one output, under the name of what it computes. */
  Value add(String what, Operation op, @Nullable Value... operands);

  /** A constant. */
  Value constant(String what, WeightRef weight);

  /** A constant number. */
  default Value scalar(String what, DataType dtype, double value) {
    return constant(what, WeightRef.of(Tensor.filled(dtype, value)));
  }
}
