package io.github.weighbridge.runtime.text;

import io.github.weighbridge.core.op.Operation;

/** Prepares an operation of one output. Stateless and thread-safe. */
@FunctionalInterface
interface TextKernel<O extends Operation> {

  /**
   * The work, for operands that fit the operation.
   *
   * @param name of the step, for messages
   */
  TextTask prepare(O op, String name);
}
