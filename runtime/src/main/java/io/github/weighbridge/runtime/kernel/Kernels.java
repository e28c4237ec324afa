package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Binary;
import io.github.weighbridge.core.op.Conv;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Operation;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Squeeze;
import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.Unsqueeze;
import java.util.Map;
import java.util.Optional;

/** Which kernel executes which operation. */
public final class Kernels {

  private static final Map<Class<? extends Operation>, Kernel<?>> KERNELS =
      Map.ofEntries(
          entry(Binary.class, new BinaryKernel()),
          entry(Conv.class, new ConvKernel()),
          entry(MatMul.class, new MatMulKernel()),
          entry(Reshape.class, new ViewKernel<>()),
          entry(Squeeze.class, new ViewKernel<>()),
          entry(Unary.class, new UnaryKernel()),
          entry(Unsqueeze.class, new ViewKernel<>()));

  private Kernels() {}

  /** Pairs an operation with a kernel of that operation; what {@link #of} relies on. */
  private static <O extends Operation> Map.Entry<Class<? extends Operation>, Kernel<?>> entry(
      Class<O> operation, Kernel<O> kernel) {
    return Map.entry(operation, kernel);
  }

  /** The kernel of an operation's class, if there is one. */
  static Optional<Kernel<?>> find(Class<?> operation) {
    return Optional.ofNullable(KERNELS.get(operation));
  }

  /** The kernel of an operation. */
  @SuppressWarnings("unchecked") // entry() lets no other kernel in
  public static <O extends Operation> Kernel<O> of(O op) {
    return (Kernel<O>)
        find(op.getClass())
            .orElseThrow(() -> new IllegalStateException("no kernel for " + op.name()));
  }
}
