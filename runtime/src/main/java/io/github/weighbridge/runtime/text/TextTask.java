package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.tensor.Tensor;
import java.util.List;

/** A step that was prepared and can be done any number of times, by any number of threads. */
@FunctionalInterface
public interface TextTask {

  /** The step's only output for these operands. */
  Tensor run(List<Tensor> operands);
}
