package io.github.weighbridge.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.TextOperation;
import org.junit.jupiter.api.Test;

class KernelsTest {

  @Test
  void everyOperationHasAKernel() {
    for (Class<?> operation : Operation.class.getPermittedSubclasses()) {
      if (operation == TextOperation.class) {
        // Runs outside native memory: TextKernelsTest.
        continue;
      }
      assertThat(Kernels.find(operation)).as(operation.getSimpleName()).isPresent();
    }
  }
}
