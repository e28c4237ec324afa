package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.Unary;
import io.github.weighbridge.core.op.UnaryFunction;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeCall;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;

/**
 * Functions of one number. Float32: in Java, chunk by chunk through the first-level cache, which is
 * as fast as ND4J's transforms and exact where those are not (GELU, limits of ReLU); only what
 * gains from several threads goes to ND4J. Other types: element by element.
 */
final class UnaryKernel implements Kernel<Unary> {

  /** From how many elements on several threads gain more than their start costs. */
  static final int NATIVE_FROM = 16384;

  @Override
  public boolean isView(Unary op, StepTypes types) {
    return op.function() == UnaryFunction.IDENTITY;
  }

  @Override
  public boolean canOverwrite(Unary op, StepTypes types, int operand) {
    return true;
  }

  @Override
  public Task prepare(Unary op, StepArrays arrays) {
    NativeArray x = arrays.input(0);
    NativeArray z = arrays.output();
    if (x.dtype() == DataType.FLOAT32) {
      return op.function() == UnaryFunction.RELU && x.count() >= NATIVE_FROM
          ? NativeCall.of("relu").input(x).output(z).reals(0).build()
          : new Chunks(x, z, FloatFunction.of(op));
    }
    if (x.dtype().isInteger() && isWhole(op.function())) {
      return new Longs(x, z, op.function());
    }
    return () -> {
      for (int i = 0; i < z.count(); i++) {
        z.putDouble(i, op.apply(x.getDouble(i)));
      }
    };
  }

  /** Whether whole numbers stay whole, and exact beyond 2^53 only without floating point. */
  private static boolean isWhole(UnaryFunction function) {
    return switch (function) {
      case ABS, NEGATE, SIGN, FLOOR, CEIL, TRUNC, ROUND, RELU -> true;
      default -> false;
    };
  }

  /** A float32 function on a whole array. */
  static final class Chunks implements Task {

    private final FloatBuffer x;
    private final FloatBuffer z;
    private final FloatFunction function;
    private final float[] chunk = new float[FloatMath.CHUNK];

    Chunks(NativeArray x, NativeArray z, FloatFunction function) {
      this.x = x.floats();
      this.z = z.floats();
      this.function = function;
    }

    @Override
    public void run() {
      int count = x.capacity();
      for (int at = 0; at < count; at += chunk.length) {
        int n = Math.min(chunk.length, count - at);
        x.get(at, chunk, 0, n);
        function.apply(chunk, n);
        z.put(at, chunk, 0, n);
      }
    }
  }

  /** A function of whole numbers. */
  private record Longs(NativeArray x, NativeArray z, UnaryFunction function) implements Task {

    @Override
    public void run() {
      for (int i = 0; i < z.count(); i++) {
        z.putLong(i, apply(x.getLong(i)));
      }
    }

    private long apply(long value) {
      return switch (function) {
        case ABS -> Math.abs(value);
        case NEGATE -> -value;
        case SIGN -> Long.signum(value);
        case RELU -> Math.max(0, value);
        default -> value;
      };
    }
  }
}
